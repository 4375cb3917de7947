import { describe, expect, it } from 'vitest';
import { ACCESS_ROUTES, ROUTES, routesWith } from '#lib/routes.ts';
import { matchRoute, noRoute } from '#local/gateway/match-route.ts';

const routes = routesWith('/xapi');

describe('the routes of the gateway', () => {
  it.each(ROUTES)('lead $path below the base path to $function', ({ path, function: name }) => {
    const whole = `/base${path}`;
    expect(matchRoute(routesWith('/base'), whole)).toEqual({ route: { path: whole, function: name } });
  });

  it.each([
    ['/admin/v1/stores', 'admin', { proxy: 'stores' }],
    ['/admin/v1/credentials/a%20b/rotate', 'admin', { proxy: 'credentials/a b/rotate' }],
    ['/admin/v1/stores/', 'admin', { proxy: 'stores/' }],
    ['/oauth/token', 'oauth', undefined],
    ['/oauth/fetch/abc', 'oauth', { ticket: 'abc' }],
    ['/oauth/fetch/%zz', 'oauth', { ticket: '%zz' }],
    ['/.well-known/jwks.json', 'oauth', undefined],
  ])('lead %s at the root to %s', (path, name, pathParameters) => {
    const match = matchRoute(routes, path);
    expect(match?.route.function).toBe(name);
    expect(match?.pathParameters).toEqual(pathParameters);
  });

  it('lead a path that one route names to that one, and not to one with variables', () => {
    const named = { path: '/admin/v1/statements', function: 'statements' };
    expect(matchRoute([...ACCESS_ROUTES, named], '/admin/v1/statements')?.route).toBe(named);
  });

  it.each([
    '/xapi',
    '/xapi/',
    '/xapi/nothing',
    '/statements',
    '/xapi/statements/',
    '/XAPI/statements',
    '/xapi/oauth/token',
    '/admin',
    '/admin/v1',
    '/admin/v1/',
    '/oauth/token/',
    '/oauth/fetch',
    '/oauth/fetch/',
    '/oauth/fetch/a/b',
    '/.well-known/jwks.json/',
  ])('do not lead %s anywhere', (path) => {
    expect(matchRoute(routes, path)).toBeUndefined();
  });

  it('leave a word about where the xAPI is', () => {
    expect(noRoute('/lrs')).toEqual({
      status: 404,
      code: 'resource-not-found',
      message:
        'There is no resource at this path; below /lrs there are /statements, /activities, ' +
        '/activities/state, /activities/profile, /agents, /agents/profile, /about.',
    });
  });
});
