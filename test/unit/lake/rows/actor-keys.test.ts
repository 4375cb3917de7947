import { describe, expect, it } from 'vitest';
import { ActorKeys } from '#lake/rows/actor-keys.ts';

const SECRET = Buffer.alloc(32, 1);
const IDENTITY = 'mbox|mailto:ann@example.com';

describe('keys of actors', () => {
  it('are the same for the same actor, in whatever process', () => {
    const keys = new ActorKeys(SECRET, 'acme');
    expect(keys.keyOf(IDENTITY)).toBe(keys.keyOf(IDENTITY));
    expect(keys.keyOf(IDENTITY)).toBe(new ActorKeys(SECRET, 'acme').keyOf(IDENTITY));
  });

  it('have 132 bits and can stand in a URL', () => {
    expect(new ActorKeys(SECRET, 'acme').keyOf(IDENTITY)).toMatch(/^[\w-]{22}$/u);
  });

  it.each([
    ['actor', new ActorKeys(SECRET, 'acme').keyOf('mbox|mailto:bob@example.com')],
    ['store', new ActorKeys(SECRET, 'other').keyOf(IDENTITY)],
    ['secret', new ActorKeys(Buffer.alloc(32, 2), 'acme').keyOf(IDENTITY)],
  ])('differ by %s', (_, key) => {
    expect(new ActorKeys(SECRET, 'acme').keyOf(IDENTITY)).not.toBe(key);
  });

  it('stay the same when more actors come than are remembered', () => {
    const keys = new ActorKeys(SECRET, 'acme');
    const key = keys.keyOf(IDENTITY);
    for (let index = 0; index < 50_001; index += 1) keys.keyOf(`account|${index}`);
    expect(keys.keyOf(IDENTITY)).toBe(key);
  });
});
