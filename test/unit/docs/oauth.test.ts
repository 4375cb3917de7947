import { describe, expect, it } from 'vitest';
import { OAUTH_ERRORS } from '#functions/oauth/oauth-error.ts';
import { OTHER_ERRORS } from '#functions/oauth/oauth-error-reply.ts';
import { ACCESS_ROUTES } from '#lib/routes.ts';
import { codeOf, readPage, sectionOf, tableRows } from '#test/support/markdown.ts';

const PAGE = readPage('docs/reference/oauth.md');

describe('docs/reference/oauth.md', () => {
  it('explains every error, and no other', () => {
    const errors = tableRows(sectionOf(PAGE, '`POST /oauth/token`')).map(([error]) => codeOf(error));
    const own = errors.slice(errors.indexOf('invalid_request'));
    expect(own).toEqual([...Object.keys(OAUTH_ERRORS), ...OTHER_ERRORS]);
  });

  it('has a section for every route', () => {
    const sections = Array.from(PAGE.matchAll(/^## `[A-Z]+ (.*)`$/gmu), ([, path]) => path);
    const routes = ACCESS_ROUTES.filter((route) => route.function === 'oauth');
    expect(sections).toEqual(routes.map(({ path }) => path));
  });
});
