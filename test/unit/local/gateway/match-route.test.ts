import { describe, expect, it } from 'vitest';
import { ROUTES } from '#lib/routes.ts';
import { matchRoute } from '#local/gateway/match-route.ts';

describe('the routes of the gateway', () => {
  it.each(ROUTES)('lead $path to $function', (route) => {
    expect(matchRoute(ROUTES, '/base', 'GET', `/base${route.path}`)).toEqual({ route });
  });

  it.each(['/xapi', '/xapi/', '/xapi/nothing', '/statements', '/xapi/statements/', '/XAPI/statements'])(
    'do not lead %s anywhere',
    (path) => {
      expect(matchRoute(ROUTES, '/xapi', 'GET', path)).toMatchObject({ refusal: { status: 404 } });
    },
  );

  it('tell the methods of a path that does not take the one sent', () => {
    const match = matchRoute(ROUTES, '/xapi', 'DELETE', '/xapi/statements');
    expect(match).toMatchObject({ refusal: { status: 405, headers: { allow: 'GET, HEAD, PUT, POST, OPTIONS' } } });
  });
});
