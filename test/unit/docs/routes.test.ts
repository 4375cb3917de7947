import { describe, expect, it } from 'vitest';
import { readPage } from '#test/support/markdown.ts';
import { routes } from '#tools/generate/routes.ts';

describe('docs/reference/routes.md', () => {
  it('is what the generator makes of the route table and the scopes', async () => {
    for (const [path, text] of await routes.generate()) expect(readPage(path)).toBe(text);
  });
});
