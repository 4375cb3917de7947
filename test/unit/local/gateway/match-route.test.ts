import { describe, expect, it } from 'vitest';
import { ROUTES } from '#lib/routes.ts';
import { matchRoute } from '#local/gateway/match-route.ts';

describe('the routes of the gateway', () => {
  it.each(ROUTES)('lead $path to $function', (route) => {
    expect(matchRoute(ROUTES, '/base', `/base${route.path}`)).toEqual({ route });
  });

  it.each(['/xapi', '/xapi/', '/xapi/nothing', '/statements', '/xapi/statements/', '/XAPI/statements'])(
    'do not lead %s anywhere',
    (path) => {
      expect(matchRoute(ROUTES, '/xapi', path)).toMatchObject({ refusal: { status: 404 } });
    },
  );
});
