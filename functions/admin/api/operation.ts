import { isAdministrator, isOperator } from '#access/management.ts';
import type { Principal } from '#access/principal.ts';
import type { HandledMethod } from '#http/methods.ts';
import { readParameters } from '#http/parameters/read-parameters.ts';
import { NO_CONTENT, type Reply } from '#http/reply.ts';
import type { HttpRequest } from '#http/request.ts';
import type { ErrorCode } from '#xapi/errors.ts';
import { locationOf } from '#functions/admin/api/api-path.ts';
import type { BodyReader } from '#functions/admin/api/body.ts';
import type { QueryName, QueryValues } from '#functions/admin/api/query.ts';
import { entityTag } from '#functions/admin/api/entity-tag.ts';
import { notPermitted } from '#functions/admin/api/refusals.ts';
import type { AdminDeps } from '#functions/admin/deps.ts';

/**
 * Who may ask for an operation: anybody; whoever is known; a credential itself, not a token; with the scope `admin`, for
 * one's own store; the operator.
 */
export type Access = 'anybody' | 'principal' | 'credential' | 'admin' | 'operator';

export type Tag =
  | 'Stores'
  | 'Credentials'
  | 'Tokens'
  | 'Issuers'
  | 'Exports'
  | 'Lake'
  | 'Audit'
  | 'Signing keys'
  | 'Self';

/** What routing and the description of the API are made from. */
interface Description<Path extends string, Query extends QueryName> {
  /** Unique. */
  readonly id: string;
  readonly method: HandledMethod;
  /** Below the API's own, with `{names}` for segments. */
  readonly path: Path;
  readonly tag: Tag;
  readonly summary: string;
  readonly details?: string;
  readonly access: Access;
  readonly query: readonly Query[];
  readonly answer:
    | { readonly status: 200 | 201; readonly schema: string; readonly isList?: true }
    | { readonly status: 204 };
  /** Whether `If-Match` is looked at. */
  readonly isConditional?: true;
  /** Whether `Idempotency-Key` is looked at. */
  readonly isRepeatable?: true;
  /** Besides those that any operation of its kind may be refused with. */
  readonly refusals: readonly ErrorCode[];
}

export interface Operation extends Description<string, QueryName> {
  readonly body: Pick<BodyReader<unknown>, 'schema' | 'optional'>;
  /** @param segments of the path, decoded, by their names. */
  readonly run: (deps: AdminDeps, request: HttpRequest, segments: Segments) => Promise<Reply>;
}

export type Segments = Readonly<Record<string, string>>;

/** The names in a path template. */
type NamesIn<Path> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;

/** A request whose sender may send it, taken apart. */
export interface Call<Name extends string = never, Query extends QueryName = never, Body = unknown> {
  readonly request: HttpRequest;
  readonly principal: Principal;
  readonly segment: (name: Name) => string;
  readonly query: QueryValues<Query>;
  readonly body: Body;
  /** Of the answer when it is done. */
  readonly status: number;
}

export interface Answer {
  /** Absent: that of the operation. */
  readonly status?: number;
  /** Absent with 204 only. */
  readonly value?: object;
  /** The ETag; absent: made of a number `revision` in the value, if there is one. */
  readonly tag?: string;
  /** Of what was made, below the API's own path. */
  readonly location?: string;
  /** Whether it is an earlier answer, given again. */
  readonly isReplay?: boolean;
}

interface Definition<Path extends string, Query extends QueryName, Body> extends Description<Path, Query> {
  readonly access: Exclude<Access, 'anybody'>;
  readonly body: BodyReader<Body>;
  readonly handle: (deps: AdminDeps, call: Call<NamesIn<Path>, Query, Body>) => Promise<Answer>;
}

export function operation<const Path extends string, const Query extends QueryName, Body>(
  definition: Definition<Path, Query, Body>,
): Operation {
  const { handle, body, query, access, answer } = definition;
  return {
    ...definition,
    run: async (deps, request, segments) => {
      const call = {
        request,
        principal: admit(access, request),
        segment: (name: string) => segmentOf(segments, name),
        query: readParameters(request.parameters, query),
        body: body.read(request),
        status: answer.status,
      };
      return replyOf(answer.status, deps, await handle(deps, call));
    },
  };
}

/** An operation that says the same to everybody. */
export function publicOperation(
  description: Omit<Description<string, never>, 'access' | 'query'>,
  valueOf: (deps: AdminDeps) => object,
): Operation {
  return {
    ...description,
    access: 'anybody',
    query: [],
    body: {},
    run: async (deps, request) => {
      readParameters(request.parameters, []);
      return replyOf(description.answer.status, deps, { value: valueOf(deps) });
    },
  };
}

function admit(access: Access, { principal }: HttpRequest): Principal {
  if (principal === undefined) throw new Error('The request was not authenticated.');
  if (access === 'credential' && principal.kind !== 'credential') {
    throw notPermitted('Only a credential itself may do this, not a token.', 'a credential');
  }
  if (access === 'admin' && !isAdministrator(principal)) {
    throw notPermitted(
      'The credential does not have the scope that managing needs.',
      'the scope admin',
      missingAdmin(principal),
    );
  }
  if (access === 'operator' && !isOperator(principal)) {
    throw notPermitted(
      'Only the operator may do this.',
      'the scope admin in the store "default"',
      missingAdmin(principal),
    );
  }
  return principal;
}

function missingAdmin({ scopes }: Principal): 'admin' | undefined {
  return scopes.includes('admin') ? undefined : 'admin';
}

/** A request only gets to an operation when its path has all segments. */
function segmentOf(segments: Segments, name: string): string {
  const segment = segments[name];
  if (segment === undefined) throw new Error(`The path has no segment ${name}.`);
  return segment;
}

function replyOf(usual: number, { publicUrl }: Pick<AdminDeps, 'publicUrl'>, answer: Answer): Reply {
  const { status = usual, value, tag, location, isReplay = false } = answer;
  const headers = {
    ...(tag === undefined ? etagOf(value) : { ETag: tag }),
    ...(location !== undefined && { Location: locationOf(publicUrl, location) }),
    ...(isReplay && { 'Idempotent-Replayed': 'true' }),
  };
  if (value === undefined) return { ...NO_CONTENT, status, headers };
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

function etagOf(value: object = {}): Record<string, string> {
  return 'revision' in value ? { ETag: entityTag({ revision: Number(value.revision) }) } : {};
}
