import type { AuditAction, AuditEvent } from '#access/audit-record.ts';
import type { StoreId } from '#access/store.ts';
import type { RegistryChange, RememberedReply } from '#storage/registry.ts';
import { XapiError } from '#xapi/errors.ts';
import {
  checkReuse,
  fingerprintOf,
  idempotencyKey,
  idempotencyOwner,
  REMEMBERED_FOR,
} from '#functions/admin/api/idempotency.ts';
import { changedMeanwhile } from '#functions/admin/api/if-match.ts';
import type { Answer, Call } from '#functions/admin/api/operation.ts';
import type { AdminDeps } from '#functions/admin/deps.ts';

/** What a request is to change, and what it is answered with once that is done. */
export interface Plan {
  readonly changes: readonly RegistryChange[];
  readonly audit: {
    /** Whose chain the record belongs to. */
    readonly store: StoreId;
    readonly action: AuditAction;
    readonly subject: string;
    readonly details?: NonNullable<AuditEvent['details']>;
  };
  readonly answer?: Pick<Answer, 'value' | 'tag' | 'location'>;
  /** Members of the answer that are shown this once, and never remembered. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** For when what is new is there already. */
  readonly exists?: string;
  /** What is done once all of it is there, and not again when the request is; what it throws is the answer. */
  readonly afterwards?: () => Promise<void>;
}

interface Done {
  readonly answer: Answer;
  readonly afterwards?: Plan['afterwards'] | undefined;
}

type Sender = Pick<Call, 'request' | 'principal' | 'status'>;

/**
 * Carries out a change and its record in the audit, both or neither. A POST with an `Idempotency-Key` is carried out once,
 * however often and at whatever moments it is sent.
 *
 * @param makePlan looks at what there is now
 * @throws XapiError `resource-exists`, `resource-changed`, `precondition-failed`, `idempotency-key-reused`
 */
export async function carryOut(deps: AdminDeps, call: Sender, makePlan: () => Promise<Plan>): Promise<Answer> {
  const key = call.request.method === 'POST' ? idempotencyKey(call.request) : undefined;
  const earlier = await replay(deps, call, key);
  if (earlier !== undefined) return earlier;
  const { answer, afterwards } = await commitOrReplay(deps, call, makePlan, key);
  await afterwards?.();
  return answer;
}

async function commitOrReplay(
  deps: AdminDeps,
  call: Sender,
  makePlan: () => Promise<Plan>,
  key: string | undefined,
): Promise<Done> {
  try {
    const plan = await makePlan();
    return { answer: await commit(deps, call, plan, key), afterwards: plan.afterwards };
  } catch (error) {
    // The same request may have been carried out since the first look, and be why this one cannot be.
    const meanwhile = error instanceof XapiError ? await replay(deps, call, key) : undefined;
    if (meanwhile !== undefined) return { answer: meanwhile };
    throw error;
  }
}

async function replay(
  { registry }: AdminDeps,
  { request, principal }: Sender,
  key: string | undefined,
): Promise<Answer | undefined> {
  const reply = key === undefined ? undefined : await registry.remembered(idempotencyOwner(principal), key);
  if (reply === undefined) return undefined;
  checkReuse(reply, request);
  const answer: Answer = JSON.parse(reply.body);
  return { ...answer, status: reply.status, isReplay: true };
}

async function commit(
  { registry, now }: AdminDeps,
  call: Sender,
  { changes, audit, answer = {}, secrets = {}, exists = 'It exists already.' }: Plan,
  key: string | undefined,
): Promise<Answer> {
  const { request, principal } = call;
  const time = now();
  const outcome = await registry.commit({
    changes,
    audit: { ...audit, time, principal: principal.key, source: request.source, requestId: request.id, result: 'done' },
    ...(key !== undefined && { remember: remembered(call, key, answer, time) }),
  });
  if (outcome === 'exists') throw new XapiError({ code: 'resource-exists', message: exists });
  if (outcome !== 'done') throw changedMeanwhile(request);
  return answer.value === undefined ? answer : { ...answer, value: { ...answer.value, ...secrets } };
}

function remembered(
  { request, principal, status }: Sender,
  idempotencyKey: string,
  answer: Answer,
  now: number,
): RememberedReply {
  return {
    principal: idempotencyOwner(principal),
    idempotencyKey,
    fingerprint: fingerprintOf(request),
    body: JSON.stringify(answer),
    expires: now + REMEMBERED_FOR,
    status,
  };
}
