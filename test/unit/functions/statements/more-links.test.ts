import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LinkHolder, MoreLinks } from '#functions/statements/more-links.ts';
import { parseForm } from '#http/parameters/form.ts';
import type { Parameter } from '#http/request.ts';
import { ifiOfAgent } from '#test/support/statements.ts';

const POSITION = 'mhs3k2ab04fk29x0a0003';
const HOLDER: LinkHolder = { linkSecret: '1a'.repeat(32), visible: undefined };
const VISIBLE = { actor: ifiOfAgent('ann'), verbs: ['a:verb', 'b:verb'] };
const LIMIT = [{ name: 'limit', value: '1' }];

const linked = (parameters: readonly Parameter[], holder = HOLDER): readonly Parameter[] =>
  parseForm(new MoreLinks(parameters, holder).after('/xapi/statements', POSITION).split('?')[1] ?? '');

const read = (cursor: string, parameters: readonly Parameter[], holder = HOLDER): string =>
  new MoreLinks(parameters, holder).read(cursor);

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
        expect(read(cursorOf(received), received)).toBe(POSITION);
      }),
    );
  });

  it.each<[string, LinkHolder['visible'], string]>([
    ['nothing', undefined, 'HZpsgUG20yxzZ18S3CmfJA'],
    ['limits', VISIBLE, 'SAZ8MIVRZO0AGhEyqwN4Gw'],
  ])('never changes for a principal with %s: links are out there', (_, visible, code) => {
    const sent = [
      { name: 'verb', value: 'http://example.com/v' },
      { name: 'agent', value: '{"mbox":"mailto:zoë@example.com"}' },
      { name: 'limit', value: '1' },
    ];
    expect(cursorOf(linked(sent, { ...HOLDER, visible }))).toBe(`${POSITION}.${code}`);
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
    expect(read(cursorOf(received), received.toReversed())).toBe(POSITION);
  });

  it.each<[string, (cursor: string) => string, readonly Parameter[], typeof HOLDER]>([
    ['another position', (cursor) => cursor.replace('m', 'n'), [{ name: 'limit', value: '1' }], HOLDER],
    [
      'another code',
      (cursor) => cursor.replace(/\..*/u, '.AAAAAAAAAAAAAAAAAAAAAA'),
      [{ name: 'limit', value: '1' }],
      HOLDER,
    ],
    ['no code', (cursor) => cursor.slice(0, POSITION.length), [{ name: 'limit', value: '1' }], HOLDER],
    ['nothing in it', () => '', [{ name: 'limit', value: '1' }], HOLDER],
    ['another parameter', (cursor) => cursor, [{ name: 'limit', value: '2' }], HOLDER],
    [
      'a parameter more',
      (cursor) => cursor,
      [
        { name: 'limit', value: '1' },
        { name: 'verb', value: 'a:b' },
      ],
      HOLDER,
    ],
    [
      'another credential',
      (cursor) => cursor,
      [{ name: 'limit', value: '1' }],
      { ...HOLDER, linkSecret: '2b'.repeat(32) },
    ],
  ])('is refused with %s', (_, change, query, holder) => {
    const cursor = change(cursorOf(linked([{ name: 'limit', value: '1' }])));
    expect(() => read(cursor, query, holder)).toThrow(expect.objectContaining({ code: 'parameter-invalid' }));
  });

  it.each<[string, LinkHolder['visible'], LinkHolder['visible']]>([
    ['limits, for one without', VISIBLE, undefined],
    ['no limits, for one with some', undefined, VISIBLE],
    ['other limits', VISIBLE, { ...VISIBLE, actor: ifiOfAgent('bob') }],
    ['fewer limits', VISIBLE, { actor: VISIBLE.actor }],
    ['an own authority only', { authority: VISIBLE.actor }, { actor: VISIBLE.actor }],
  ])('is refused to a token of the same credential when it was given to one with %s', (_, given, used) => {
    const cursor = cursorOf(linked(LIMIT, { ...HOLDER, visible: given }));
    expect(() => read(cursor, LIMIT, { ...HOLDER, visible: used })).toThrow(
      expect.objectContaining({ code: 'parameter-invalid' }),
    );
  });

  it('is good for another token with the same limits, in whichever order they are', () => {
    const cursor = cursorOf(linked(LIMIT, { ...HOLDER, visible: VISIBLE }));
    const visible = { verbs: VISIBLE.verbs.toReversed(), actor: VISIBLE.actor };
    expect(read(cursor, LIMIT, { ...HOLDER, visible })).toBe(POSITION);
  });
});
