import { createManagement } from '#http/management.ts';
import type { GatewayHandler } from '#http/resource.ts';
import { createRouter } from '#functions/admin/api/router.ts';
import type { AdminDeps } from '#functions/admin/deps.ts';
import { OPERATIONS } from '#functions/admin/operations.ts';

/** The management API: stores, credentials, tokens, issuers, signing keys and the audit. */
export function createHandler(deps: AdminDeps): GatewayHandler {
  return createManagement('admin', createRouter(OPERATIONS, deps), deps);
}
