import { type DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { type Item, type ItemKey, keyAttributes } from '#storage/dynamodb/attributes.ts';
import { throwDomainError } from '#storage/dynamodb/sdk-errors.ts';

export interface Range {
  readonly partition: string;
  /** A sort key: begins behind it. */
  readonly after: string | undefined;
  /** How many items at the most. */
  readonly count: number;
  readonly descending?: boolean;
}

/** The reads of the Registry table, all of them strongly consistent. */
export class RegistryTable {
  readonly #client: DynamoDBClient;
  readonly #name: string;

  constructor(client: DynamoDBClient, name: string) {
    this.#client = client;
    this.#name = name;
  }

  async get(key: ItemKey): Promise<Item | undefined> {
    // No item has an empty key, and DynamoDB refuses to look for one.
    if (key.sk === '') return undefined;
    const command = new GetItemCommand({ TableName: this.#name, Key: keyAttributes(key), ConsistentRead: true });
    const { Item: item } = await this.#client.send(command).catch(throwDomainError);
    return item;
  }

  /** In the order of their sort keys. @param isListed which items count; the others are left out. */
  async range(
    { partition, after, count, descending = false }: Range,
    isListed: (item: Item) => boolean = () => true,
  ): Promise<readonly Item[]> {
    const items: Item[] = [];
    let begin = after === undefined ? undefined : keyAttributes({ pk: partition, sk: after });
    do {
      const command = new QueryCommand({
        TableName: this.#name,
        KeyConditionExpression: 'pk = :partition',
        ExpressionAttributeValues: { ':partition': { S: partition } },
        ExclusiveStartKey: begin,
        Limit: count - items.length,
        ScanIndexForward: !descending,
        ConsistentRead: true,
      });
      const { Items: found = [], LastEvaluatedKey: last } = await this.#client.send(command).catch(throwDomainError);
      items.push(...found.filter(isListed));
      begin = last;
    } while (items.length < count && begin !== undefined);
    return items;
  }
}
