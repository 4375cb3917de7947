import { describe, expect, it } from 'vitest';
import { authenticate } from '#http/auth/authenticate.ts';
import { parseBasic } from '#http/auth/basic.ts';
import { aCredential } from '#test/support/credentials.ts';
import { basic } from '#test/support/gateway-events.ts';

const credential = aCredential({ key: 'key', secret: 'sécret:with:colons' });
const credentials = { get: (key: string) => Promise.resolve(key === 'key' ? credential : undefined) };

describe('HTTP Basic (RFC 7617; xAPI 1.0.3, Communication 4.0)', () => {
  it('has a key up to the first colon and a secret behind it', () => {
    expect(parseBasic(basic('key', 'a:b'))).toEqual({ key: 'key', secret: 'a:b' });
    expect(parseBasic(basic('', ''))).toEqual({ key: '', secret: '' });
  });

  it.each(['', 'Basic', 'Basic:YTpi', 'Bearer YTpi', 'Basic YWI=', 'Basic !!!'])('is malformed as %o', (header) => {
    expect(parseBasic(header)).toBeUndefined();
  });

  it('lets in who knows the secret', async () => {
    await expect(authenticate(basic('key', 'sécret:with:colons'), credentials)).resolves.toMatchObject({
      kind: 'credential',
      key: 'key',
    });
  });

  it.each([undefined, 'Basic:YTpi', basic('key', 'secret'), basic('other', 'sécret:with:colons'), basic('key', '')])(
    'refuses %o',
    async (header) => {
      await expect(authenticate(header, credentials)).rejects.toThrow(
        expect.objectContaining({ code: 'not-authenticated' }),
      );
    },
  );

  it('does not tell a wrong key from a wrong secret', async () => {
    const messages = await Promise.all(
      [basic('key', 'x'), basic('x', 'x')].map((header) => authenticate(header, credentials).catch(String)),
    );
    expect(messages[0]).toBe(messages[1]);
  });
});
