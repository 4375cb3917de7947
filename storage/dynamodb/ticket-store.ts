import type { TokenClaims } from '#access/token-claims.ts';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import { type Item, type ItemKey, keyAttributes, numberOf, textOf } from '#storage/dynamodb/attributes.ts';
import { ALL_STORES, joinKey } from '#storage/dynamodb/key.ts';
import { readItem } from '#storage/dynamodb/registry/read-item.ts';
import { isConditionFailed, throwDomainError } from '#storage/dynamodb/dynamodb-errors.ts';
import type { Ticket, TicketRefusal, TicketStore } from '#storage/ticket-store.ts';

/** Seconds that a ticket is remembered after it has expired, so that who comes late learns why. */
const REMEMBERED = 3_600;

/** Tickets in the Registry table, which forgets them by itself. */
export class DynamoDbTicketStore implements TicketStore {
  readonly #client: DynamoDb;
  readonly #table: string;
  readonly #newId: () => string;

  /** @param newId gives what was never given before. */
  constructor(client: DynamoDb, tableName: string, newId: () => string) {
    this.#client = client;
    this.#table = tableName;
    this.#newId = newId;
  }

  async put({ hash, claims, expires }: Ticket): Promise<void> {
    const item: Item = {
      ...keyAttributes(keyOfTicket(hash)),
      value: { S: JSON.stringify(claims) },
      expires: { N: String(expires) },
      ttl: { N: String(Math.ceil(expires / 1_000) + REMEMBERED) },
    };
    await this.#client.call('PutItem', { TableName: this.#table, Item: item }).catch(throwDomainError);
  }

  async find(hash: string, now: number): Promise<TokenClaims | TicketRefusal> {
    const item = await readItem({ client: this.#client, tableName: this.#table }, keyOfTicket(hash));
    if (item === undefined) return 'unknown';
    if (item['redeemed'] !== undefined) return 'redeemed';
    return now < numberOf(item, 'expires') ? claimsOf(item) : 'expired';
  }

  async redeem(hash: string, now: number): Promise<TokenClaims | TicketRefusal> {
    const attempt = this.#newId();
    try {
      const { Attributes: item = {} } = await this.#client.call('UpdateItem', {
        TableName: this.#table,
        Key: keyAttributes(keyOfTicket(hash)),
        UpdateExpression: 'SET redeemed = :attempt',
        ConditionExpression: 'attribute_not_exists(redeemed) AND expires > :now',
        ExpressionAttributeValues: { ':attempt': { S: attempt }, ':now': { N: String(now) } },
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      return claimsOf(item);
    } catch (error) {
      if (!isConditionFailed(error)) throwDomainError(error);
      return refused(error.Item, attempt);
    }
  }
}

function refused(item: Item | undefined, attempt: string): TokenClaims | TicketRefusal {
  if (item === undefined) return 'unknown';
  // The SDK sends again what it got no answer to, and which may have been done.
  if (item['redeemed']?.S === attempt) return claimsOf(item);
  return item['redeemed'] === undefined ? 'expired' : 'redeemed';
}

function keyOfTicket(hash: string): ItemKey {
  return { pk: joinKey(ALL_STORES, 'ticket', hash), sk: 'ticket' };
}

function claimsOf(item: Item): TokenClaims {
  const claims: TokenClaims = JSON.parse(textOf(item, 'value'));
  return claims;
}
