import type { Operation } from '#functions/admin/api/operation.ts';
import type { JsonObject } from '#xapi/json/json-value.ts';

/** Operation → a body that it takes. */
const BODIES: Readonly<Record<string, JsonObject>> = {
  createStore: { id: 'acme', name: 'Acme Academy' },
  changeStore: { name: 'Acme Academy', settings: { defaultVersion: '1.0.3', attachmentLimit: null } },
  createCredential: { label: 'LMS of Acme', scopes: ['all'] },
  changeCredential: { scopes: ['statements/write', 'statements/read/mine'], expires: null },
  rotateCredential: { overlapMinutes: 60 },
  revokeTokens: {},
  mintToken: {
    scopes: ['statements/write', 'state'],
    limits: {
      actor: { account: { homePage: 'https://lms.acme.example', name: 'ann' } },
      registration: '0bd8a8d5-4b6c-4f54-9a3f-0d8a6f2b6f11',
      activity: 'https://acme.example/courses/fire-safety',
    },
    minutes: 90,
    fetch: true,
  },
  createIssuer: {
    id: 'keycloak',
    issuer: 'https://login.acme.example/realms/acme',
    audiences: ['lrs'],
    scopes: { claim: ['realm_access', 'roles'], values: { 'lrs-reader': ['all/read'] } },
    store: { claim: 'tenant', values: { 'Acme Academy': 'acme' } },
  },
  replaceIssuer: {
    issuer: 'https://login.acme.example/realms/acme',
    audiences: ['lrs'],
    scopes: ['all/read'],
    store: 'acme',
    disabled: false,
  },
  createExport: {
    query: { verb: 'http://adlnet.gov/expapi/verbs/passed', since: '2026-09-01T00:00:00Z', ascending: true },
    format: 'csv',
    columns: ['actor.account.name', 'object.id', 'result.score.scaled', 'timestamp'],
  },
  createBackfill: { since: '2026-01-01T00:00:00Z', rate: 1_000 },
  rotateSigningKeys: { compromised: false },
};

/** Name of a segment of a path → what stands for it in examples. */
const SEGMENTS: Readonly<Record<string, string>> = {
  store: 'acme',
  key: 'lms-of-acme',
  id: 'keycloak',
  export: 'mhs3k2ab04fk29x0a12',
  backfill: 'mhs3k2ab04fk29x0a12',
};

/** @returns undefined of an operation without a body. @throws Error if there is none of an operation with one */
export function exampleBody({ id, body }: Pick<Operation, 'id' | 'body'>): JsonObject | undefined {
  if (body.schema === undefined) return undefined;
  const example = BODIES[id];
  if (example === undefined) throw new Error(`tools/generate/api/examples.ts has no body of ${id}.`);
  return example;
}

/** The path, with values for its names. */
export function examplePath({ path, query }: Pick<Operation, 'path' | 'query'>): string {
  const filled = path.replaceAll(/\{(?<name>\w+)\}/gu, (_, name: string) => SEGMENTS[name] ?? name);
  return query.includes('store') ? `${filled}?store=${SEGMENTS['store']}` : filled;
}
