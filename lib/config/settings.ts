import { boolean, matching, oneOfNumbers, optional, tags } from '#lib/config/readers.ts';
import { type Stage, STAGES } from '#lib/config/stages.ts';
import { languages, LOG_LEVELS } from '#runtime/environment.ts';
import { integer, oneOf, path, type Reader } from '#runtime/readers.ts';

const ENCRYPTIONS = ['aws-owned', 'customer-managed'] as const;

/** What CloudWatch Logs can keep logs for, in days. */
const RETENTIONS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 3653,
] as const;

/** At most 20 characters, so that names made of it stay within the limits of every service. */
const NAME = /^(?!xn--)[a-z](?:[a-z0-9-]{0,18}[a-z0-9])?$/u;
const REGION = /^[a-z]{2,}(?:-[a-z]+)+-\d{1,2}$/u;
const ACCOUNT = /^\d{12}$/u;
const DOMAIN = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/u;
const CERTIFICATE = /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/u;
const HOSTED_ZONE = /^Z[A-Z0-9]{1,31}$/u;
const MAPPING = /^(?!\.{1,2}(?:\/|$))[\w.-]+(?:\/(?!\.{1,2}(?:\/|$))[\w.-]+)*$/u;
const EMAIL = /^[^\s@,]+@[^\s@,]+\.[^\s@,]+$/u;

/** What differs between a production LRS and one that is thrown away. */
interface StageDefaults {
  readonly bucketVersioning: boolean;
  readonly logRetentionDays: (typeof RETENTIONS)[number];
  readonly throttleRate: number;
  readonly throttleBurst: number;
}

export const STAGE_DEFAULTS: Readonly<Record<Stage, StageDefaults>> = {
  dev: { bucketVersioning: false, logRetentionDays: 7, throttleRate: 200, throttleBurst: 400 },
  prod: { bucketVersioning: true, logRetentionDays: 90, throttleRate: 2_000, throttleBurst: 4_000 },
};

/**
 * Every setting of a deployment and what reads it, in the order of `docs/reference/settings.md`, which explains them.
 * `stage` is not among them, because the defaults depend on it.
 */
export function settingReaders(stage: Stage) {
  const defaults = STAGE_DEFAULTS[stage];
  return {
    name: matching(NAME, 'at most 20 small letters, digits and hyphens, beginning with a letter', 'lrs'),
    region: optional(REGION, 'a region such as eu-central-1'),
    account: optional(ACCOUNT, 'the 12 digits of an account'),
    encryption: oneOf(ENCRYPTIONS, 'aws-owned'),
    bucketVersioning: boolean(defaults.bucketVersioning),
    basePath: path('/xapi'),
    domainName: optional(DOMAIN, 'a domain name such as lrs.example.com'),
    certificateArn: optional(CERTIFICATE, 'the ARN of a certificate of AWS Certificate Manager'),
    domainMapping: optional(MAPPING, 'a path such as learning or learning/records, without a slash at its ends'),
    hostedZoneId: optional(HOSTED_ZONE, 'the id of a hosted zone of Route 53, such as Z0123456789ABC'),
    hostedZoneName: optional(DOMAIN, 'the domain name of the hosted zone'),
    edge: boolean(false),
    edgeRestoresHeaders: boolean(false),
    edgeRequestsPerIp: integer({ fallback: 20_000, min: 10, max: 2_000_000_000 }),
    throttleRate: integer({ fallback: defaults.throttleRate, min: 1, max: 100_000 }),
    throttleBurst: integer({ fallback: defaults.throttleBurst, min: 1, max: 100_000 }),
    memory: integer({ fallback: 1_024, min: 256, max: 10_240 }),
    indexShards: integer({ fallback: 1, min: 1, max: 1_000 }),
    indexLagMs: integer({ fallback: 2_000, min: 0, max: 900_000 }),
    logLevel: oneOf(LOG_LEVELS, 'info'),
    logRetentionDays: oneOfNumbers(RETENTIONS, defaults.logRetentionDays),
    auditRetentionDays: integer({ fallback: 400, min: 1, max: 3_650 }),
    lakeLanguages: languages,
    lakeWindowSeconds: integer({ fallback: 60, min: 0, max: 300 }),
    exportDays: integer({ fallback: 7, min: 1, max: 365 }),
    athenaScanLimitGb: integer({ fallback: 10, min: 1, max: 100_000 }),
    tracing: boolean(false),
    alarmEmail: optional(EMAIL, 'one e-mail address'),
    tags,
  } satisfies Record<string, Reader<unknown>>;
}

export const readStage: Reader<Stage> = oneOf(STAGES, 'prod');

type Readers = ReturnType<typeof settingReaders>;

/** How one LRS is deployed; `docs/reference/settings.md` explains each member. */
export type Settings = { readonly stage: Stage } & {
  readonly [Name in keyof Readers]: ReturnType<Readers[Name]>;
};
