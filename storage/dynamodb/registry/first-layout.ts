import type { Credential } from '#access/credential.ts';
import { isScope } from '#access/scope.ts';
import { anyTextOf, type Item, textOf } from '#storage/dynamodb/attributes.ts';
import type { Agent } from '#xapi/statement/statement.ts';

/**
 * A credential as the first version kept it: an attribute for each member, one secret, no revision, no time, and nothing
 * that lists it. The first change keeps it like any other.
 *
 * @returns it in revision 1, and with 0 as the time it was created
 */
export function firstLayoutCredentialOf(item: Item): Credential {
  const authority: Agent = JSON.parse(textOf(item, 'authority'));
  const key = anyTextOf(item, 'key');
  return {
    key,
    store: textOf(item, 'store'),
    label: anyTextOf(item, 'label'),
    scopes: (item['scopes']?.L ?? []).flatMap(({ S }) => (isScope(S) ? [S] : [])),
    authority,
    secrets: [{ salt: textOf(item, 'salt'), secretHash: textOf(item, 'secretHash') }],
    linkSecret: textOf(item, 'linkSecret'),
    disabled: false,
    revokedTokens: [],
    created: 0,
    createdBy: key,
    revision: 1,
  };
}
