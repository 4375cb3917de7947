import { expect, it } from 'vitest';
import { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { packKey, relatedPackKey } from '#storage/dynamodb/statements/pack-item.ts';
import { type Packed, packsOf } from '#storage/dynamodb/statements/pack-places.ts';
import type { StatementKeys } from '#xapi/statement/statement-keys.ts';

const KEYSPACE = new Keyspace('default', 3);
const KEYS: StatementKeys = {
  actor: 'ann',
  verb: 'passed',
  activity: 'course',
  agents: [],
  relatedAgents: [],
  relatedActivities: ['module'],
  authorities: [],
};
const [EARLY, LATE] = [
  { section: 'a'.repeat(21), shard: 1 },
  { section: 'b'.repeat(21), shard: 2 },
];

function aPacked(member: string, overrides: Partial<Packed<string>> = {}): Packed<string> {
  return { member, keys: KEYS, packed: ['verb'], related: [], ...EARLY, ...overrides };
}

it('has one pack for the statements of a section that share a value, in their order', () => {
  const failed = { ...KEYS, verb: 'failed' };
  expect(packsOf(KEYSPACE, [aPacked('1'), aPacked('2', { keys: failed }), aPacked('3')])).toEqual([
    { kind: 'verb', key: packKey(KEYSPACE, 'verb', KEYS, EARLY), members: ['1', '3'] },
    { kind: 'verb', key: packKey(KEYSPACE, 'verb', failed, EARLY), members: ['2'] },
  ]);
});

it('keeps sections apart', () => {
  expect(packsOf(KEYSPACE, [aPacked('1'), aPacked('2', LATE)])).toEqual([
    { kind: 'verb', key: packKey(KEYSPACE, 'verb', KEYS, EARLY), members: ['1'] },
    { kind: 'verb', key: packKey(KEYSPACE, 'verb', KEYS, LATE), members: ['2'] },
  ]);
});

it('tells the packs of related activities from those of others', () => {
  const keys = { ...KEYS, activity: 'module' };
  expect(packsOf(KEYSPACE, [aPacked('1', { keys, packed: ['activity'], related: ['module'] })])).toEqual([
    { kind: 'activity', key: packKey(KEYSPACE, 'activity', keys, EARLY), members: ['1'] },
    { kind: 'related-activity', key: relatedPackKey(KEYSPACE, 'module', EARLY), members: ['1'] },
  ]);
});
