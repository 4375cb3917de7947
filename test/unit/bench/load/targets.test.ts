import { describe, expect, it } from 'vitest';
import { targetAt } from '#bench/load/targets.ts';
import { OptionError } from '#bench/support/whole-number.ts';

const ACCESS = {
  variables: { LRS_KEY: 'key', LRS_SECRET: 'secret', PEER_KEY: 'another' },
  prefix: 'LRS',
  anyHost: false,
} as const;

describe('the target of a load', () => {
  it.each(['http://127.0.0.1:8080/xapi', 'http://localhost:8080/xapi/', 'http://[::1]/xapi', 'https://127.1.2.3/xapi'])(
    'may be this machine: %s',
    (url) => {
      expect(targetAt('LRS', url, ACCESS).url).toBe(url.replace(/\/$/u, ''));
    },
  );

  it.each([
    'https://lrs.example.com/xapi',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'http://10.0.0.1',
  ])('is no other host, unless that is allowed: %s', (url) => {
    expect(() => targetAt('LRS', url, ACCESS)).toThrow('--any-host');
    expect(targetAt('LRS', url, { ...ACCESS, anyHost: true })).toMatchObject({ name: 'LRS', key: 'key' });
  });

  it.each(['nowhere', 'ftp://127.0.0.1/xapi', 'http://key:secret@127.0.0.1/xapi'])('is not %s', (url) => {
    expect(() => targetAt('LRS', url, ACCESS)).toThrow(OptionError);
  });

  it('needs a credential, and says where it is read from', () => {
    expect(() => targetAt('peer', 'http://127.0.0.1/xapi', { ...ACCESS, prefix: 'PEER' })).toThrow(
      'There is no key or no secret for http://127.0.0.1/xapi: set PEER_KEY and PEER_SECRET.',
    );
  });
});
