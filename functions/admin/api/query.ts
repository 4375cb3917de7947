import { choiceParameter, wholeNumberParameter } from '#http/parameters/parameter-values.ts';
import type { PageRequest } from '#storage/paging.ts';
import { XapiError } from '#xapi/errors.ts';
import { shorten } from '#xapi/shorten.ts';

/** Bytes: more than `next` ever has. */
const CURSOR_BYTES = 1_024;

/** Every parameter that an operation may have, as OpenAPI describes it. */
export const QUERY = {
  store: {
    description:
      'Id of a store: whose credentials, exports, lake or audit is meant. The default is the own store, and only the operator may name another.',
    schema: { type: 'string' },
  },
  limit: {
    description: 'How many items to answer with at most.',
    schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
  },
  after: {
    description: '`next` of the page before, as it is. Absent: the first page.',
    schema: { type: 'string', minLength: 1, maxLength: CURSOR_BYTES },
  },
  order: {
    description: 'Of the records of the audit. `descending`: the newest first.',
    schema: { type: 'string', enum: ['ascending', 'descending'], default: 'ascending' },
  },
} as const;

export type QueryName = keyof typeof QUERY;

export type QueryValues<Name extends QueryName> = Partial<Readonly<Record<Name, string>>>;

/** @throws XapiError `parameter-invalid` */
export function pageRequest({ limit, after }: QueryValues<'limit' | 'after'>): PageRequest {
  return { limit: readLimit(limit), ...(after !== undefined && { after: readCursor(after) }) };
}

/** @throws XapiError `parameter-invalid` */
export function isDescending({ order }: QueryValues<'order'>): boolean {
  return order !== undefined && choiceParameter('order', order, QUERY.order.schema.enum) === 'descending';
}

function readLimit(text: string | undefined): number {
  const { minimum, maximum, default: fallback } = QUERY.limit.schema;
  const limit = text === undefined ? fallback : wholeNumberParameter('limit', text);
  if (limit >= minimum && limit <= maximum) return limit;
  throw invalid('limit', `a whole number from ${minimum} to ${maximum}`, text);
}

function readCursor(text: string): string {
  if (text !== '' && Buffer.byteLength(text) <= CURSOR_BYTES) return text;
  throw invalid('after', 'next of the page before', text);
}

function invalid(path: string, expected: string, received: string | undefined): XapiError {
  const message = `The parameter "${path}" has to be ${expected}.`;
  return new XapiError({ code: 'parameter-invalid', message, path, expected, received: shorten(received) });
}
