import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LinkKey, moreLink, readCursor } from '#functions/statements/more-link.ts';
import { parseForm } from '#http/parameters/form.ts';
import type { Parameter } from '#http/request.ts';
import { ifiOfAgent } from '#test/support/statements.ts';

const POSITION = 'mhs3k2ab04fk29x0a0003';
const KEY: LinkKey = { linkSecret: '1a'.repeat(32), visible: undefined };
const VISIBLE = { actor: ifiOfAgent('ann'), verbs: ['a:verb', 'b:verb'] };
const LIMIT = [{ name: 'limit', value: '1' }];

const linked = (parameters: readonly Parameter[], key = KEY): readonly Parameter[] =>
  parseForm(moreLink('/xapi/statements', parameters, POSITION, key).split('?')[1] ?? '');

const cursorOf = (parameters: readonly Parameter[]): string =>
  parameters.find(({ name }) => name === 'cursor')?.value ?? '';

describe('more (xAPI 1.0.3, Data 2.5)', () => {
  const name = fc.constantFrom('agent', 'verb', 'limit', 'format');
  const value = fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed());
  const parameters = fc.uniqueArray(fc.record({ name, value }), { selector: (parameter) => parameter.name });

  it('keeps every parameter and the position', () => {
    fc.assert(
      fc.property(parameters, (sent) => {
        const received = linked(sent);
        expect(received.slice(0, -1)).toEqual(sent);
        expect(readCursor(cursorOf(received), received, KEY)).toBe(POSITION);
      }),
    );
  });

  it('of the page behind it has one cursor', () => {
    const second = linked(linked([{ name: 'limit', value: '1' }]));
    expect(second.map((parameter) => parameter.name)).toEqual(['limit', 'cursor']);
  });

  it('does not depend on the order of the parameters', () => {
    const received = linked([
      { name: 'limit', value: '1' },
      { name: 'verb', value: 'http://example.com/v' },
    ]);
    expect(readCursor(cursorOf(received), received.toReversed(), KEY)).toBe(POSITION);
  });

  it.each<[string, (cursor: string) => string, readonly Parameter[], typeof KEY]>([
    ['another position', (cursor) => cursor.replace('m', 'n'), [{ name: 'limit', value: '1' }], KEY],
    [
      'another code',
      (cursor) => cursor.replace(/\..*/u, '.AAAAAAAAAAAAAAAAAAAAAA'),
      [{ name: 'limit', value: '1' }],
      KEY,
    ],
    ['no code', (cursor) => cursor.slice(0, POSITION.length), [{ name: 'limit', value: '1' }], KEY],
    ['nothing in it', () => '', [{ name: 'limit', value: '1' }], KEY],
    ['another parameter', (cursor) => cursor, [{ name: 'limit', value: '2' }], KEY],
    [
      'a parameter more',
      (cursor) => cursor,
      [
        { name: 'limit', value: '1' },
        { name: 'verb', value: 'a:b' },
      ],
      KEY,
    ],
    [
      'another credential',
      (cursor) => cursor,
      [{ name: 'limit', value: '1' }],
      { ...KEY, linkSecret: '2b'.repeat(32) },
    ],
  ])('is refused with %s', (_, change, query, key) => {
    const cursor = change(cursorOf(linked([{ name: 'limit', value: '1' }])));
    expect(() => readCursor(cursor, query, key)).toThrow(expect.objectContaining({ code: 'parameter-invalid' }));
  });

  it.each<[string, LinkKey['visible'], LinkKey['visible']]>([
    ['limits, for one without', VISIBLE, undefined],
    ['no limits, for one with some', undefined, VISIBLE],
    ['other limits', VISIBLE, { ...VISIBLE, actor: ifiOfAgent('bob') }],
    ['fewer limits', VISIBLE, { actor: VISIBLE.actor }],
    ['an own authority only', { authority: VISIBLE.actor }, { actor: VISIBLE.actor }],
  ])('is refused to a token of the same credential when it was given to one with %s', (_, given, used) => {
    const cursor = cursorOf(linked(LIMIT, { ...KEY, visible: given }));
    const read = (): string => readCursor(cursor, LIMIT, { ...KEY, visible: used });
    expect(read).toThrow(expect.objectContaining({ code: 'parameter-invalid' }));
  });

  it('is good for another token with the same limits, in whichever order they are', () => {
    const cursor = cursorOf(linked(LIMIT, { ...KEY, visible: VISIBLE }));
    const visible = { verbs: VISIBLE.verbs.toReversed(), actor: VISIBLE.actor };
    expect(readCursor(cursor, LIMIT, { ...KEY, visible })).toBe(POSITION);
  });
});
