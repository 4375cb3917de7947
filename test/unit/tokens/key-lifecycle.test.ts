import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PublicJwk, PublishedKeys } from '#storage/signing-keys.ts';
import { published } from '#test/support/tokens.ts';
import {
  KEY_AGE,
  LEAD,
  LONGEST_TOKEN,
  MARGIN,
  nextStep,
  onlyWith,
  PATIENCE,
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

  it('is one of at most 50, so that what cannot store private halves does not publish without end', () => {
    let keys: PublishedKeys | undefined;
    for (let count = 0; count < 60; count += 1) keys = withSuccessor(keys, aJwk(String(count)), held(), count);
    expect(keys?.keys).toHaveLength(50);
    expect(keys?.revision).toBe(60);
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
