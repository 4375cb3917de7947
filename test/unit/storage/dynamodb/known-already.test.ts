import { describe, expect, it } from 'vitest';
import { KnownAlready } from '#storage/dynamodb/known-already.ts';

describe('KnownAlready', () => {
  it('knows every variant that brought nothing new', () => {
    const known = new KnownAlready();
    known.add('activity', ['a'], true);
    known.add('activity', ['b'], false);
    expect(known.has('activity', 'a') && known.has('activity', 'b')).toBe(true);
    expect(known.has('other', 'a')).toBe(false);
  });

  it('hears earlier variants again after a change', () => {
    const known = new KnownAlready();
    known.add('activity', ['a'], true);
    known.add('activity', ['b'], true);
    expect(known.has('activity', 'a')).toBe(false);
    expect(known.has('activity', 'b')).toBe(true);
  });

  it('keeps the latest eight variants of a subject', () => {
    const known = new KnownAlready();
    for (const variant of '123456789') known.add('activity', [variant], false);
    expect(known.has('activity', '1')).toBe(false);
    expect(known.has('activity', '2')).toBe(true);
  });
});
