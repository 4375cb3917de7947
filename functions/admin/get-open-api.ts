import { API_PATH } from '#functions/admin/api/api-path.ts';
import { publicOperation } from '#functions/admin/api/operation.ts';

export const getOpenApi = publicOperation(
  {
    id: 'getOpenApi',
    method: 'GET',
    path: '/openapi.json',
    tag: 'Self',
    summary: 'Describe this API',
    details: 'As OpenAPI 3.1.',
    answer: { status: 200, schema: 'open-api' },
    refusals: [],
  },
  ({ openApi, publicUrl }) => ({ ...openApi, servers: [{ url: `${publicUrl}${API_PATH}` }] }),
);
