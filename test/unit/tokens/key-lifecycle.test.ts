import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PublicJwk, PublishedKeys } from '#storage/signing-keys.ts';
import { published } from '#test/support/tokens.ts';
import {
  KEY_AGE,
  LEAD,
  LONGEST_TOKEN,
  MOST_KEYS,
  MARGIN,
  nextStep,
  onlyWith,
  PATIENCE,
  roomFrom,
  verifyingKeys,
  withSuccessor,
} from '#tokens/key-lifecycle.ts';

const DAY = 86_400_000;

function aJwk(kid: string): PublicJwk {
  return { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid, use: 'sig', alg: 'ES256' };
}

function held(...kids: readonly string[]): ReadonlySet<string> {
  return new Set(kids);
}

const FIRST = withSuccessor(undefined, aJwk('a'), held(), 0);
const SECOND = withSuccessor(FIRST, aJwk('b'), held('a'), KEY_AGE);

describe('the first key', () => {
  it('is made by whoever wants to sign and finds none', () => {
    expect(nextStep(undefined, held(), 0)).toEqual({ step: 'make' });
    expect(nextStep({ revision: 1, keys: [] }, held(), 0)).toEqual({ step: 'make' });
  });

  it('signs at once', () => {
    expect(FIRST).toEqual({ revision: 1, keys: [{ jwk: aJwk('a'), created: 0, signsFrom: 0 }] });
    expect(nextStep(FIRST, held('a'), 0)).toEqual({ step: 'sign', kid: 'a' });
  });

  it('is waited for while another process is about to store its private half', () => {
    expect(nextStep(FIRST, held(), PATIENCE - 1)).toEqual({ step: 'wait' });
  });

  it('is replaced by one that signs at once when its private half does not come', () => {
    expect(nextStep(FIRST, held(), PATIENCE)).toEqual({ step: 'make' });
    const healed = withSuccessor(FIRST, aJwk('b'), held(), PATIENCE);
    expect(nextStep(healed, held('b'), PATIENCE)).toEqual({ step: 'sign', kid: 'b' });
    // Its private half may have come after all, and have signed.
    expect(verifyingKeys(healed, PATIENCE + LONGEST_TOKEN)).toEqual([aJwk('b'), aJwk('a')]);
  });
});

describe('a successor', () => {
  it('is due after 90 days', () => {
    expect(nextStep(FIRST, held('a'), KEY_AGE - 1)).toEqual({ step: 'sign', kid: 'a' });
    expect(nextStep(FIRST, held('a'), KEY_AGE)).toEqual({ step: 'make' });
    expect(KEY_AGE).toBe(90 * DAY);
  });

  it('signs from 10 minutes later, and the key before it until then', () => {
    expect(nextStep(SECOND, held('a', 'b'), KEY_AGE + LEAD - 1)).toEqual({ step: 'sign', kid: 'a' });
    expect(nextStep(SECOND, held('a', 'b'), KEY_AGE + LEAD)).toEqual({ step: 'sign', kid: 'b' });
  });

  it('is published with the key before it until the last token of that one has expired', () => {
    const retires = KEY_AGE + LEAD + LONGEST_TOKEN + MARGIN;
    expect(SECOND.revision).toBe(2);
    expect(SECOND.keys[1]?.retires).toBe(retires);
    expect(verifyingKeys(SECOND, retires - 1)).toEqual([aJwk('b'), aJwk('a')]);
    expect(verifyingKeys(SECOND, retires)).toEqual([aJwk('b')]);
  });

  it('does not stop signing when its private half is lost, and is replaced after 10 minutes', () => {
    expect(nextStep(SECOND, held('a'), KEY_AGE + LEAD - 1)).toEqual({ step: 'sign', kid: 'a' });
    expect(nextStep(SECOND, held('a'), KEY_AGE + LEAD)).toEqual({ step: 'make' });
    const third = withSuccessor(SECOND, aJwk('c'), held('a'), KEY_AGE + LEAD);
    expect(nextStep(third, held('a', 'c'), KEY_AGE + LEAD)).toEqual({ step: 'sign', kid: 'a' });
    // It signs on, so it stays on.
    expect(third.keys[2]?.retires).toBe(KEY_AGE + 2 * LEAD + LONGEST_TOKEN + MARGIN);
  });

  it('drops keys that have retired', () => {
    const third = withSuccessor(SECOND, aJwk('c'), held('b'), 2 * KEY_AGE);
    expect(third.keys.map(({ jwk }) => jwk.kid)).toEqual(['c', 'b']);
  });

  it('signs before its time when no other key can', () => {
    expect(nextStep(SECOND, held('b'), KEY_AGE)).toEqual({ step: 'sign', kid: 'b' });
  });

  it('has to wait while the tokens of 50 keys may be valid, none of which is dropped', () => {
    let keys: PublishedKeys | undefined;
    const names = Array.from({ length: 50 }, (_, index) => String(index));
    for (const [index, kid] of names.entries()) keys = withSuccessor(keys, aJwk(kid), held(...names), index);
    expect(keys?.keys).toHaveLength(50);
    const room = Math.min(...(keys?.keys ?? []).map(({ retires = Infinity }) => retires));
    expect(roomFrom(keys, 50)).toBe(room);
    expect(nextStep(keys, held('48'), 50)).toEqual({ step: 'sign', kid: '48' });
    expect(nextStep(keys, held(), DAY)).toEqual({ step: 'wait' });
    expect(roomFrom(keys, room)).toBeUndefined();
    expect(nextStep(keys, held(), room)).toEqual({ step: 'make' });
  });

  it('is made less and less often while none can be stored', () => {
    let keys: PublishedKeys | undefined;
    let made = 0;
    let most = 0;
    for (let now = 0; now < 3 * DAY; now += 5_000) {
      if (nextStep(keys, held(), now).step !== 'make') continue;
      keys = withSuccessor(keys, aJwk(String(now)), held(), now);
      made += 1;
      most = Math.max(most, keys.keys.length);
    }
    expect(made).toBeLessThan(90);
    expect(most).toBeLessThan(MOST_KEYS);
  });

  it('is made once a day at most by each of two that have another secret, and both sign without a break', () => {
    const secrets = [new Set<string>(), new Set<string>()];
    const signed: { readonly kid: string; readonly expires: number }[] = [];
    let keys: PublishedKeys | undefined;
    let made = 0;
    for (let now = 0; now < 10 * DAY; now += 60_000) {
      for (const [index, secret] of secrets.entries()) {
        const next = nextStep(keys, secret, now + index * 10_000);
        if (next.step === 'sign') signed.push({ kid: next.kid, expires: now + LONGEST_TOKEN });
        if (next.step !== 'make') continue;
        keys = withSuccessor(keys, aJwk(`${index}-${now}`), secret, now + index * 10_000);
        secret.add(`${index}-${now}`);
        made += 1;
      }
      if (now % 3_600_000 > 0) continue;
      const verifying = new Set(verifyingKeys(keys, now).map(({ kid }) => kid));
      expect(signed.filter(({ kid, expires }) => now < expires && !verifying.has(kid))).toEqual([]);
    }
    expect(signed).toHaveLength(2 * 10 * 1_440 - made);
    expect(made).toBeLessThanOrEqual(2 * 10 + 2);
  });
});

describe('a key in the place of all that leaked', () => {
  it('signs at once, and nothing else verifies', () => {
    const only = onlyWith(SECOND, aJwk('c'), KEY_AGE + 1);
    expect(only.revision).toBe(3);
    expect(verifyingKeys(only, KEY_AGE + 1)).toEqual([aJwk('c')]);
    expect(nextStep(only, held('a', 'b', 'c'), KEY_AGE + 1)).toEqual({ step: 'sign', kid: 'c' });
  });
});

describe('keys', () => {
  it('are none before the first', () => {
    expect(verifyingKeys(undefined, 0)).toEqual([]);
  });

  it('never sign a token that they do not outlive', () => {
    const retires = LONGEST_TOKEN + 1;
    const keys = published([
      { jwk: aJwk('b'), signsFrom: 0 },
      { jwk: aJwk('a'), signsFrom: 0, retires },
    ]);
    expect(nextStep(keys, held('a'), 1)).toEqual({ step: 'sign', kid: 'a' });
    expect(nextStep(keys, held('a'), 2)).toEqual({ step: 'wait' });
  });

  /** What happens to the keys: time passes, a key is asked for, and sometimes its private half is lost. */
  const EVENTS = fc.array(
    fc.record({
      passes: fc.oneof(fc.nat(2 * LEAD), fc.nat(3 * KEY_AGE)),
      rotates: fc.boolean(),
      lost: fc.boolean(),
    }),
    { maxLength: 30 },
  );

  it('verify whatever was signed with them until it expires, however they are rotated and lost', () => {
    fc.assert(
      fc.property(EVENTS, (events) => {
        const stored = new Set<string>();
        const signed: { readonly kid: string; readonly expires: number }[] = [];
        let keys: PublishedKeys | undefined;
        let now = 0;
        for (const [index, { passes, rotates, lost }] of events.entries()) {
          now += passes;
          const next = nextStep(keys, stored, now);
          if (next.step === 'sign') signed.push({ kid: next.kid, expires: now + LONGEST_TOKEN });
          if (next.step === 'make' || rotates) {
            keys = withSuccessor(keys, aJwk(String(index)), stored, now);
            if (!lost) stored.add(String(index));
          }
          const verifying = new Set(verifyingKeys(keys, now).map(({ kid }) => kid));
          const valid = signed.filter(({ expires }) => now < expires);
          expect(valid.filter(({ kid }) => !verifying.has(kid))).toEqual([]);
        }
      }),
    );
  });
});
