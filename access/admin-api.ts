import type { AuditHead, AuditRecord } from '#access/audit-record.ts';
import type { ScopesByClaim, StoreByClaim } from '#access/issuer.ts';
import type { ExportFormat, ExportQuery, JobState } from '#access/job.ts';
import type { Limits } from '#access/limits.ts';
import type { Principal } from '#access/principal.ts';
import type { RequestLimits } from '#access/request-limits.ts';
import type { Scope } from '#access/scope.ts';
import type { StoreId } from '#access/store.ts';
import type { XapiVersion } from '#xapi/version.ts';
import type { Agent } from '#xapi/statement/statement.ts';

/*
 * What the management API takes and gives, as JSON. `schemas/admin/` says the same as JSON Schemas, and docs/reference/api.md
 * explains it. Times are RFC 3339, but in records of the audit.
 */

type Time = string;

export interface ListAnswer<Item> {
  readonly items: readonly Item[];
  /** `after` of the next page; absent when nothing follows. */
  readonly next?: string;
}

export interface WhoamiAnswer {
  readonly kind: Principal['kind'];
  readonly key: string;
  readonly store: StoreId;
  readonly scopes: readonly Scope[];
  readonly authority: Agent;
  readonly limits?: Limits;
  readonly requestLimits: RequestLimits;
  readonly isOperator: boolean;
}

export interface StoreSettingsBody {
  readonly defaultVersion?: XapiVersion;
  readonly attachmentLimit?: number;
}

export interface NewStore {
  readonly id: StoreId;
  readonly name: string;
  readonly settings?: StoreSettingsBody;
}

/** What is absent stays; null takes a setting away. */
export interface StoreChanges {
  readonly name?: string;
  readonly settings?: { readonly defaultVersion?: XapiVersion | null; readonly attachmentLimit?: number | null };
}

export interface StoreAnswer {
  readonly id: StoreId;
  readonly name: string;
  readonly settings: StoreSettingsBody;
  readonly created: Time;
  readonly createdBy: string;
  readonly revision: number;
}

export interface NewCredential {
  readonly key?: string;
  readonly label?: string;
  readonly scopes: readonly Scope[];
  readonly authority?: Agent;
  readonly expires?: Time;
  readonly origins?: readonly string[];
  readonly requestLimits?: RequestLimits;
}

/** What is absent stays; null takes away. */
export interface CredentialChanges {
  readonly label?: string;
  readonly scopes?: readonly Scope[];
  readonly disabled?: boolean;
  readonly expires?: Time | null;
  readonly origins?: readonly string[] | null;
  readonly requestLimits?: RequestLimits | null;
}

export interface Rotation {
  readonly overlapMinutes?: number;
}

/** Without members: all tokens that were issued until now. */
export interface TokenRevocation {
  readonly tokenId?: string;
  readonly expires?: Time;
}

export interface CredentialAnswer {
  readonly key: string;
  readonly store: StoreId;
  readonly label: string;
  readonly scopes: readonly Scope[];
  readonly authority: Agent;
  readonly disabled: boolean;
  readonly expires?: Time;
  readonly origins?: readonly string[];
  readonly requestLimits?: RequestLimits;
  /** One, or while it is rotated two, the newest first; of each only until when it is taken. */
  readonly secrets: readonly { readonly expires?: Time }[];
  readonly tokensNotBefore?: Time;
  /** How many tokens are refused one by one. */
  readonly revokedTokens: number;
  /** `YYYY-MM-DD`; absent: never. */
  readonly lastUsed?: string;
  readonly created: Time;
  readonly createdBy: string;
  readonly revision: number;
}

/** `secret` is shown this once, and never in an answer that is given again. */
export interface IssuedCredentialAnswer extends CredentialAnswer {
  readonly secret?: string;
}

export interface TokenRequestBody {
  readonly scopes?: readonly Exclude<Scope, 'admin'>[];
  readonly limits?: {
    readonly actor?: Agent;
    readonly registration?: string;
    readonly activity?: string;
    readonly verbs?: readonly string[];
  };
  readonly minutes?: number;
  readonly fetch?: boolean;
}

export interface TokenAnswer {
  readonly token: string;
  readonly tokenId: string;
  readonly expires: Time;
  readonly scopes: readonly Scope[];
  readonly limits?: Limits;
  readonly fetchPath?: string;
  readonly fetchUrl?: string;
}

export interface IssuerSettings {
  readonly issuer: string;
  readonly audiences: readonly string[];
  readonly jwksUri?: string;
  readonly scopes: readonly Scope[] | ScopesByClaim;
  readonly store: StoreId | StoreByClaim;
  readonly disabled?: boolean;
}

export interface NewIssuer extends IssuerSettings {
  readonly id: string;
}

export interface IssuerAnswer extends NewIssuer {
  readonly disabled: boolean;
  readonly created: Time;
  readonly createdBy: string;
  readonly revision: number;
}

/** As it is hashed, with its time in milliseconds since 1970. */
export type AuditRecordAnswer = AuditRecord;

/** `sequence` 0 and 64 zeros when there is no record yet. */
export type AuditHeadAnswer = AuditHead;

export interface KeyRotation {
  readonly compromised?: boolean;
}

export interface SigningKeysAnswer {
  readonly revision: number;
  /** The newest first. */
  readonly keys: readonly SigningKeyAnswer[];
}

export interface SigningKeyAnswer {
  readonly kid: string;
  readonly created: Time;
  readonly signsFrom: Time;
  readonly retires?: Time;
}

export interface NewExport {
  readonly query?: ExportQuery;
  readonly format?: ExportFormat;
  readonly columns?: readonly string[];
  readonly attachments?: boolean;
  readonly language?: string;
}

interface JobAnswer {
  readonly id: string;
  readonly store: StoreId;
  readonly state: JobState;
  readonly created: Time;
  readonly createdBy: string;
  readonly ended?: Time;
  readonly failure?: string;
}

export interface ExportAnswer extends JobAnswer, Required<Pick<NewExport, 'query' | 'format' | 'attachments'>> {
  readonly columns?: readonly string[];
  readonly language?: string;
  readonly progress: { readonly statements: number; readonly files: number; readonly bytes: number };
}

export interface ExportFileAnswer {
  readonly name: string;
  readonly kind: 'statements' | 'attachment-list' | 'attachment';
  readonly bytes: number;
  readonly url: string;
  readonly expires: Time;
}

export interface NewBackfill {
  readonly since?: Time;
  readonly until?: Time;
  readonly rate?: number;
}

export interface BackfillAnswer extends JobAnswer {
  readonly since?: Time;
  readonly until: Time;
  readonly rate: number;
  readonly progress: { readonly statements: number; readonly through?: Time; readonly share?: number };
}

export interface LakeAnswer {
  readonly store: StoreId;
  readonly days: number;
  /** `YYYY-MM-DD` */
  readonly first?: string;
  readonly last?: string;
  readonly files: number;
  readonly rows: number;
  readonly bytes: number;
  readonly rawBytes: number;
}
