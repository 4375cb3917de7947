import { describe, expect, it } from 'vitest';
import { KnownAlready } from '#storage/dynamodb/known-already.ts';

const add = (known: KnownAlready, variant: string): void => {
  known.add('activity', [variant], known.memoryOf('activity'));
};

const change = (known: KnownAlready, variant: string): void => {
  known.change('activity', [variant], known.memoryOf('activity'));
};

describe('KnownAlready', () => {
  it('knows every variant that brought nothing new', () => {
    const known = new KnownAlready();
    change(known, 'a');
    add(known, 'b');
    expect(known.has('activity', 'a') && known.has('activity', 'b')).toBe(true);
    expect(known.has('other', 'a')).toBe(false);
  });

  it('hears earlier variants again after a change', () => {
    const known = new KnownAlready();
    change(known, 'a');
    change(known, 'b');
    expect(known.has('activity', 'a')).toBe(false);
    expect(known.has('activity', 'b')).toBe(true);
  });

  it('keeps the latest eight variants of a subject', () => {
    const known = new KnownAlready();
    for (const variant of '123456789') add(known, variant);
    expect(known.has('activity', '1')).toBe(false);
    expect(known.has('activity', '2')).toBe(true);
  });

  it('does not add what others may have changed since', () => {
    const known = new KnownAlready();
    const before = known.memoryOf('activity');
    change(known, 'a');
    known.add('activity', ['b'], before);
    expect(known.has('activity', 'a')).toBe(true);
    expect(known.has('activity', 'b')).toBe(false);
  });

  it('knows nothing after two changes at once', () => {
    const known = new KnownAlready();
    const before = known.memoryOf('activity');
    known.change('activity', ['a'], before);
    known.change('activity', ['b'], before);
    expect(known.has('activity', 'a') || known.has('activity', 'b')).toBe(false);
  });
});
