import { describe, expect, it } from 'vitest';
import { basic } from '#tools/smoke/client.ts';
import { redactor } from '#tools/smoke/redact.ts';

const ACCESS = { key: 'k', secret: 'se"cret' };
const LIMITED = { key: 'l', secret: 'limited-secret' };

describe('what npm run smoke prints', () => {
  it('has no secret in it, whichever way it is written', () => {
    const redact = redactor({ access: ACCESS, limited: LIMITED });
    const text = [ACCESS.secret, basic(ACCESS), LIMITED.secret, JSON.stringify(ACCESS.secret), 'k'].join(' ');
    expect(redact(text)).toBe('[secret] Basic [secret] [secret] "[secret]" k');
  });
});
