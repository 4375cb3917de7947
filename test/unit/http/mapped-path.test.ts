import { describe, expect, it } from 'vitest';
import { pathOf, withoutMapping } from '#http/mapped-path.ts';

describe('the path of a URL', () => {
  it.each([
    ['https://lrs.example.com', ''],
    ['https://lrs.example.com/learning', '/learning'],
    ['https://lrs.example.com/learning/records', '/learning/records'],
    ['http://127.0.0.1:8080/', ''],
  ])('of %s is %j', (url, path) => {
    expect(pathOf(url)).toBe(path);
  });
});

describe('a path of access', () => {
  it.each([
    ['/learning/oauth/token', '/learning', '/oauth/token'],
    ['/oauth/token', '/learning', '/oauth/token'],
    ['/learning/records/admin/v1/whoami', '/learning/records', '/admin/v1/whoami'],
    ['/learning/.well-known/jwks.json', '/learning', '/.well-known/jwks.json'],
    ['/oauth/token', '', '/oauth/token'],
    ['/admin/v1/whoami', '/admin', '/admin/v1/whoami'],
    ['/admin/admin/v1/whoami', '/admin', '/admin/v1/whoami'],
    ['/oauth/fetch/x', '/oauth', '/oauth/fetch/x'],
    ['/oauth/oauth/fetch/x', '/oauth', '/oauth/fetch/x'],
    ['/other/oauth/token', '/learning', '/other/oauth/token'],
    ['/learning/other/oauth/token', '/learning', '/learning/other/oauth/token'],
    ['/learning', '/learning', '/learning'],
  ])('%s behind %j is %s', (path, mapping, own) => {
    expect(withoutMapping(path, mapping)).toBe(own);
  });
});
