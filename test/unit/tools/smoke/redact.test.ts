import { describe, expect, it } from 'vitest';
import { basic } from '#tools/smoke/client.ts';
import { redactor } from '#tools/smoke/redact.ts';

const ACCESS = { key: 'k', secret: 'se"cret' };
const LIMITED = { key: 'l', secret: 'limited-secret' };
/** Its base64 has +, / and padding, and it is not ASCII. */
const AWKWARD = { key: 'k', secret: 'ü>?~~ (a)\\' };

describe('what npm run smoke prints', () => {
  it('has no secret in it, whichever way it is written', () => {
    const redact = redactor({ access: ACCESS, limited: LIMITED });
    const text = [ACCESS.secret, basic(ACCESS), LIMITED.secret, JSON.stringify(ACCESS.secret), 'k'].join(' ');
    expect(redact(text)).toBe('[secret] Basic [secret] [secret] "[secret]" k');
  });

  const { secret } = AWKWARD;
  const pair = Buffer.from(`k:${secret}`);
  it.each([
    ['encoded for a URL', encodeURIComponent(secret)],
    ['encoded with small letters', encodeURIComponent(secret).toLowerCase()],
    ['encoded as a form', new URLSearchParams({ s: secret }).toString().slice(2)],
    ['as the bytes of a header', Buffer.from(secret).toString('latin1')],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in base64url', Buffer.from(secret).toString('base64url')],
    ['with its key in base64', pair.toString('base64')],
    ['with its key in base64 without padding', pair.toString('base64').replaceAll('=', '')],
    ['with its key in base64url', pair.toString('base64url')],
    ['with its key in base64, encoded for a URL', encodeURIComponent(pair.toString('base64'))],
  ])('has no secret %s', (_, text) => {
    expect(redactor({ access: AWKWARD, limited: undefined })(`<${text}>`)).toBe('<[secret]>');
  });

  it('is the same when it is redacted again', () => {
    const redact = redactor({ access: { key: 'k', secret: 'secret' }, limited: undefined });
    expect(redact(redact('a secret'))).toBe('a [secret]');
  });
});
