import { describe, expect, it } from 'vitest';
import { documentAttributes, documentItemKey } from '#storage/dynamodb/document-item.ts';
import { inheritedEntry, ownEntry } from '#storage/dynamodb/statements/entry-item.ts';
import { type EntryKind, INDEX_ATTRIBUTES, Keyspace, RELATED_INDEXES } from '#storage/dynamodb/statements/keyspace.ts';
import {
  askItself,
  askItselfIfThere,
  PACK_ATTRIBUTES,
  packItems,
  packKey,
  relatedPackKey,
  timePackKey,
} from '#storage/dynamodb/statements/pack-item.ts';
import { MARK_BYTES } from '#storage/dynamodb/statements/pack-mark.ts';
import { LEAST_SHARED, SECTION_ITEMS, SMALL_PART } from '#storage/dynamodb/statements/places.ts';
import { SECTION_SIZE } from '#storage/dynamodb/statements/section.ts';
import { INDEXED_BODY_LIMIT } from '#storage/dynamodb/statements/index-row.ts';
import { statementItem } from '#storage/dynamodb/statements/statement-item.ts';
import { headKey, recordKey } from '#storage/dynamodb/audit/audit-item.ts';
import { jobKey, openJobKey } from '#storage/dynamodb/jobs/job-item.ts';
import { credentialItems } from '#storage/dynamodb/registry/registry-changes.ts';
import {
  credentialKey,
  credentialPointerKey,
  issuerKey,
  issuerPointerKey,
  replyKey,
  storeKey,
  usageKey,
} from '#storage/dynamodb/registry/registry-keys.ts';
import { DOCUMENTS, REGISTRY, STATEMENTS, TABLES } from '#storage/dynamodb/tables.ts';
import { aCredential } from '#test/support/credentials.ts';
import { codeOf, readPage, sectionOf, tableRows } from '#test/support/markdown.ts';
import { aStatement } from '#test/support/statements.ts';
import { statementKeys } from '#xapi/statement/statement-keys.ts';

const PAGE = readPage('docs/data-model.md');
/** Complete by its type. */
const KINDS: Record<EntryKind, true> = {
  agent: true,
  'related-agent': true,
  verb: true,
  activity: true,
  'related-activity': true,
  registration: true,
  ref: true,
};
const KEYSPACE = new Keyspace('default', 2);
const AT = '0'.repeat(21);
const PLACE = { section: AT, shard: 1 };
const ID = '1d527164-ad81-4c5a-b1d5-d2b8f0a4a3c5';
const KEYS = statementKeys(aStatement({ context: { registration: ID } }));

/** The cells of an item in the table of items of the Statements table. */
function rowOf(name: string): readonly string[] {
  return tableRows(sectionOf(PAGE, 'Statements table')).find(([item]) => item === name) ?? [];
}

function attributesOf(name: string): readonly string[] {
  return rowOf(name)[3]?.match(/(?<=`)\w+(?=`)/gu) ?? [];
}

function documentedIn(heading: string): readonly string[] {
  return tableRows(sectionOf(PAGE, heading)).flatMap(([name = '']) => name.match(/[^`\s]+/gu) ?? []);
}

const listed = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(' and ');

describe('docs/data-model.md', () => {
  it.each(Object.entries(TABLES))('names the variable and the keys of the table %s', (_, table) => {
    const row = tableRows(PAGE).find(([, variable]) => codeOf(variable) === table.variable);
    expect(row?.[3]).toBe(`\`${table.partitionKey}\`, \`${table.sortKey}\``);
    expect(row?.[4]).toBe(table.stream ? 'new and old images' : '–');
  });

  it('lists the indexes with their attributes', () => {
    const rows = tableRows(sectionOf(PAGE, 'Indexes')).map(([name, attribute]) => [codeOf(name), codeOf(attribute)]);
    expect(rows).toEqual(STATEMENTS.indexes.map(({ name, partitionKey }) => [name, partitionKey]));
    expect(rows).toEqual(Object.entries(INDEX_ATTRIBUTES));
    expect([...DOCUMENTS.indexes, ...REGISTRY.indexes]).toEqual([]);
  });

  it('names the sort key of the indexes and what they carry', () => {
    const section = sectionOf(PAGE, 'Indexes');
    for (const { name, sortKey, include } of STATEMENTS.indexes) {
      expect(section).toContain(`sort key \`${sortKey}\``);
      expect(section).toContain(`carry ${listed(include.slice(0, 2))} `);
      const others = include.slice(2);
      const ofOthers = new RegExp(`\`${name}\` has (?<names>(?:\`\\w+\`(?: and )?)+)`, 'u').exec(section);
      expect(ofOthers?.groups?.['names'] ?? '').toBe(listed(others));
    }
  });

  it('explains every attribute of a statement', () => {
    const documented = documentedIn('Attributes of a statement');
    const keys = { ...KEYS, voids: ID };
    const indexed = RELATED_INDEXES.map((name) => `http://example.com/${name}`);
    const packed = ['verb'] as const;
    const packedRelated: readonly string[] = [];
    const record = { id: ID, at: AT, keys, indexed, packed, packedRelated, section: AT, journal: AT, waiting: 1 };
    const items = [
      statementItem(KEYSPACE, { ...record, body: { inline: new Uint8Array(1) } }),
      statementItem(KEYSPACE, { ...record, body: { inline: new Uint8Array(1_000) }, voidedBy: ID }),
      statementItem(KEYSPACE, { ...record, body: { blob: 'key' }, voidedInArrayBy: ID }),
      statementItem(KEYSPACE, { ...record, body: { blob: 'key' }, packed: [] }),
    ];
    const attributes = new Set(items.flatMap((item) => Object.keys(item)));
    expect([...documented, 'pk', 'sk'].sort()).toEqual([...attributes].sort());
  });

  it('explains every attribute of a pack', () => {
    const key = packKey(KEYSPACE, 'actor', KEYS, PLACE);
    const [item = {}] = packItems(
      [{ kind: 'actor', key, members: [{ id: ID, at: AT, keys: KEYS, text: () => '{}' }] }],
      AT,
    );
    const added = /^ADD (?<name>\w+) /u.exec(askItself(key, [AT]).expression);
    expect(documentedIn('Packs')).toEqual([...PACK_ATTRIBUTES]);
    // Older packs have `f`.
    const written = PACK_ATTRIBUTES.filter((name) => name !== 'f');
    expect([...Object.keys(item), added?.groups?.['name'] ?? ''].sort()).toEqual([...written].sort());
    expect(['pk', 'sk', ...attributesOf('pack')]).toEqual(written);
  });

  it('names the attributes of a related pack, and the condition of its change', () => {
    const attributes = PACK_ATTRIBUTES.filter((name) => name !== 'g' && name !== 'f');
    expect(['pk', 'sk', ...attributesOf('related pack')]).toEqual(attributes);
    const { condition } = askItselfIfThere(relatedPackKey(KEYSPACE, 'value', PLACE), [AT]);
    expect(sectionOf(PAGE, 'Packs')).toContain(`\`${condition}\``);
  });

  it('gives the numbers of packs', () => {
    const section = sectionOf(PAGE, 'Packs');
    expect(section).toContain(`of ${SECTION_SIZE} statements`);
    expect(section).toContain(`${MARK_BYTES} bytes for each`);
    expect(section).toContain(`more than ${INDEXED_BODY_LIMIT} bytes`);
    expect(LEAST_SHARED).toBe(4);
    expect(section).toContain('at least four statements');
    expect(SMALL_PART).toBe(1 / 3);
    expect(section.replaceAll(/\s+/gu, ' ')).toContain(
      'at least four statements of a section have, but at most a third of them',
    );
    expect(section).toContain(`below ${SECTION_ITEMS + 1} items`);
  });

  it('names the attributes of an entry', () => {
    const pointer = { at: AT, id: ID };
    const attributes = Object.keys(ownEntry('partition', [pointer], PLACE)).filter(
      (name) => !['pk', 'sk'].includes(name),
    );
    expect(attributesOf('entry')).toEqual(attributes);
    expect(['pk', 'sk', ...attributesOf('inherited entry')]).toEqual(Object.keys(inheritedEntry('partition', pointer)));
  });

  it('lists every kind of entry, and no other', () => {
    expect(documentedIn('Entries')).toEqual(Object.keys(KINDS));
  });

  it('gives the length of a pointer', () => {
    expect(inheritedEntry('partition', { at: AT, id: ID })['m']?.B).toHaveLength(19);
    expect(sectionOf(PAGE, 'Entries')).toContain('19 bytes');
  });

  it.each([
    ['statement', KEYSPACE.statement(ID), `<store>|s|<id>`],
    ['journal', KEYSPACE.journal('position.number'), '<store>|j|<position>.<number>'],
    ['authority marker', KEYSPACE.authority('ifi'), '<store>|authority|<ifi>'],
    ['entry', KEYSPACE.entryPartition('verb', 'value', AT), '<store>|<kind>|<value>[|<shard>]'],
    ['pack', packKey(KEYSPACE, 'verb', KEYS, PLACE).pk, '<store>|pack-<index>|<value>[|<shard>]'],
    ['pack', timePackKey(KEYSPACE, PLACE).pk, '<store>|pack-time|<shard>'],
    ['related pack', relatedPackKey(KEYSPACE, 'value', PLACE).pk, '<store>|related-activity|<value>|<shard>'],
  ])('gives the key of a %s', (name, key, pattern) => {
    const patterns = rowOf(name)[1]
      ?.replaceAll('\\|', '|')
      .match(/(?<=`)[^` ]+(?=`)/gu);
    expect(patterns).toContain(pattern);
    const literal = pattern.replaceAll(/[[\]]/gu, '').split('|');
    const segments = key.split('|').map((segment, index) => (literal[index]?.includes('<') ? literal[index] : segment));
    expect(segments).toEqual(literal);
  });

  it.each([
    ['entry', ownEntry('partition', [{ at: AT, id: ID }])['sk']?.S],
    ['inherited entry', inheritedEntry('partition', { at: AT, id: ID })['sk']?.S],
    ['pack', timePackKey(KEYSPACE, PLACE).sk],
    ['related pack', relatedPackKey(KEYSPACE, 'value', PLACE).sk],
  ])('gives the sort key of an item of positions: %s', (name, key) => {
    expect(codeOf(rowOf(name)[2])?.replace('<position>', AT)).toBe(key);
  });

  it.each([
    ['store', storeKey('<id>')],
    ['credential', credentialKey('<key>')],
    ['credential of a store', credentialPointerKey('<store>', '<key>')],
    ['issuer', issuerKey('<iss>')],
    ['issuer by id', issuerPointerKey('<id>')],
    ['remembered reply', replyKey('<principal>', '<idempotency key>')],
    ['audit record', { ...recordKey('<store>', 1), sk: '<sequence>' }],
    ['audit head', headKey('<store>')],
    ['use', usageKey('<store>', '<principal>')],
    ['job', jobKey({ store: '<store>', id: '<id>' })],
    ['open job', openJobKey({ store: '<store>', id: '<id>' })],
  ])('gives the key of the item of the Registry: %s', (name, { pk, sk }) => {
    const row = tableRows(sectionOf(PAGE, 'Registry table')).find(([item]) => item === name);
    expect(row?.slice(1, 3).map((cell) => codeOf(cell)?.replaceAll('\\|', '|'))).toEqual([pk, sk]);
  });

  it('explains every attribute of the Registry that its table names, and no other', () => {
    const named = tableRows(sectionOf(PAGE, 'Registry table')).flatMap(
      ([, , , names = '']) => names.match(/\w+/gu) ?? [],
    );
    expect(documentedIn('Attributes of the Registry').toSorted()).toEqual([...new Set(named)].sort());
  });

  it('names the attributes of the items that hold values', () => {
    const row = tableRows(sectionOf(PAGE, 'Registry table')).find(([item]) => item === 'credential');
    const [item = {}] = credentialItems(aCredential());
    expect(['pk', 'sk', ...(row?.[3]?.match(/\w+/gu) ?? [])].sort()).toEqual(Object.keys(item).sort());
  });

  it('says how many digits the sequence of an audit record has', () => {
    expect(sectionOf(PAGE, 'Registry table')).toContain(`a sequence has ${recordKey('default', 1).sk.length} digits`);
  });

  it('explains every attribute of a document', () => {
    const key = { store: 'default', resource: 'state', owner: ['a', 'b'], id: 'x' } as const;
    const document = { contentType: 'text/plain', content: new Uint8Array(), etag: '"e"', updated: 0 };
    const attributes = [...Object.keys(documentItemKey(key)), ...Object.keys(documentAttributes(key, document))];
    expect(documentedIn('Documents')).toEqual(expect.arrayContaining(attributes));
  });
});
