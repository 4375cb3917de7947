import { apiPage } from './api/api-page.ts';
import { openApi } from './api/open-api.ts';
import { readSchemas } from './api/schemas.ts';
import type { Generator } from './generator.ts';

/** The description of the management API, for programs and for people. */
export const managementApi: Generator = {
  name: 'description of the management API',
  generate: async () => {
    const schemas = await readSchemas();
    return new Map([
      ['docs/reference/openapi.json', `${JSON.stringify(openApi(schemas), null, 2)}\n`],
      ['docs/reference/api.md', apiPage(schemas)],
    ]);
  },
};
