import type { Operation } from '#functions/admin/api/operation.ts';
import { getAuditHead } from '#functions/admin/audit/get-audit-head.ts';
import { listAudit } from '#functions/admin/audit/list-audit.ts';
import { changeCredential } from '#functions/admin/credentials/change-credential.ts';
import { createCredential } from '#functions/admin/credentials/create-credential.ts';
import { deleteCredential } from '#functions/admin/credentials/delete-credential.ts';
import { getCredential } from '#functions/admin/credentials/get-credential.ts';
import { listCredentials } from '#functions/admin/credentials/list-credentials.ts';
import { revokeTokens } from '#functions/admin/credentials/revoke-tokens.ts';
import { rotateCredential } from '#functions/admin/credentials/rotate-credential.ts';
import { createExport } from '#functions/admin/exports/create-export.ts';
import { deleteExport } from '#functions/admin/exports/delete-export.ts';
import { getExport } from '#functions/admin/exports/get-export.ts';
import { listExportFiles } from '#functions/admin/exports/list-export-files.ts';
import { listExports } from '#functions/admin/exports/list-exports.ts';
import { getOpenApi } from '#functions/admin/get-open-api.ts';
import { createIssuer } from '#functions/admin/issuers/create-issuer.ts';
import { deleteIssuer } from '#functions/admin/issuers/delete-issuer.ts';
import { getIssuer } from '#functions/admin/issuers/get-issuer.ts';
import { listIssuers } from '#functions/admin/issuers/list-issuers.ts';
import { replaceIssuer } from '#functions/admin/issuers/replace-issuer.ts';
import { createBackfill } from '#functions/admin/lake/create-backfill.ts';
import { deleteBackfill } from '#functions/admin/lake/delete-backfill.ts';
import { getBackfill } from '#functions/admin/lake/get-backfill.ts';
import { getLake } from '#functions/admin/lake/get-lake.ts';
import { listBackfills } from '#functions/admin/lake/list-backfills.ts';
import { listSigningKeys } from '#functions/admin/signing-keys/list-signing-keys.ts';
import { rotateSigningKeys } from '#functions/admin/signing-keys/rotate-signing-keys.ts';
import { changeStore } from '#functions/admin/stores/change-store.ts';
import { createStore } from '#functions/admin/stores/create-store.ts';
import { getStore } from '#functions/admin/stores/get-store.ts';
import { listStores } from '#functions/admin/stores/list-stores.ts';
import { mintOwnToken } from '#functions/admin/tokens/mint-own-token.ts';
import { whoami } from '#functions/admin/whoami.ts';

/** The management API: requests are led by it, and `npm run generate` describes it from here. */
export const OPERATIONS: readonly Operation[] = [
  whoami,
  getOpenApi,
  listStores,
  createStore,
  getStore,
  changeStore,
  listCredentials,
  createCredential,
  getCredential,
  changeCredential,
  deleteCredential,
  rotateCredential,
  revokeTokens,
  mintOwnToken,
  listIssuers,
  createIssuer,
  getIssuer,
  replaceIssuer,
  deleteIssuer,
  createExport,
  listExports,
  getExport,
  listExportFiles,
  deleteExport,
  getLake,
  createBackfill,
  listBackfills,
  getBackfill,
  deleteBackfill,
  listAudit,
  getAuditHead,
  listSigningKeys,
  rotateSigningKeys,
];
