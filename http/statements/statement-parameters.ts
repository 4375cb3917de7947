import { agentParameter } from '#http/parameters/agent-parameter.ts';
import {
  booleanParameter,
  choiceParameter,
  iriParameter,
  timestampParameter,
  uuidParameter,
  wholeNumberParameter,
} from '#http/parameters/parameter-values.ts';
import { readParameters } from '#http/parameters/read-parameters.ts';
import type { Parameter } from '#http/request.ts';
import type { StatementFilters } from '#storage/statement-store.ts';
import { XapiError } from '#xapi/errors.ts';
import type { XapiVersion } from '#xapi/version.ts';

export const FORMATS = ['ids', 'exact', 'canonical'] as const;

export type Format = (typeof FORMATS)[number];

/** How statements are given back. */
export interface Presentation {
  readonly format: Format;
  readonly attachments: boolean;
}

export interface SingleStatementRequest extends Presentation {
  readonly kind: 'single';
  readonly id: string;
  readonly voided: boolean;
}

export interface StatementsRequest extends Presentation {
  readonly kind: 'list';
  readonly filters: StatementFilters;
  readonly ascending: boolean;
  /** 0: as many as the server gives at once. */
  readonly limit: number;
  /** From a `more` link, not verified yet. */
  readonly cursor: string | undefined;
}

const PRESENTATION = ['format', 'attachments'] as const;

const DECLARED = [
  'statementId',
  'voidedStatementId',
  'agent',
  'verb',
  'activity',
  'registration',
  'related_activities',
  'related_agents',
  'since',
  'until',
  'limit',
  'ascending',
  'cursor',
  ...PRESENTATION,
] as const;

type Values = Partial<Readonly<Record<(typeof DECLARED)[number], string>>>;

/** Reads the parameters of GET statements (xAPI 1.0.3, Communication 2.1.3; xAPI 2.0, 4.1.6.1). */
export function readStatementParameters(
  parameters: readonly Parameter[],
  version: XapiVersion,
): SingleStatementRequest | StatementsRequest {
  const values = readParameters(parameters, DECLARED);
  const presentation = {
    format: values.format === undefined ? 'exact' : choiceParameter('format', values.format, FORMATS),
    attachments: values.attachments !== undefined && booleanParameter('attachments', values.attachments),
  };
  const single = readSingle(values);
  if (single !== undefined) return { ...presentation, kind: 'single', ...single };
  return {
    ...presentation,
    kind: 'list',
    filters: readFilters(values, version),
    ascending: values.ascending !== undefined && booleanParameter('ascending', values.ascending),
    limit: values.limit === undefined ? 0 : wholeNumberParameter('limit', values.limit),
    cursor: values.cursor,
  };
}

function readSingle(values: Values): Pick<SingleStatementRequest, 'id' | 'voided'> | undefined {
  const { statementId, voidedStatementId } = values;
  const name = statementId === undefined ? 'voidedStatementId' : 'statementId';
  const id = statementId ?? voidedStatementId;
  if (id === undefined) return undefined;
  const allowed: ReadonlySet<string> = new Set([name, ...PRESENTATION]);
  const other = Object.keys(values).find((candidate) => !allowed.has(candidate));
  if (other !== undefined) throw excluded(name, other);
  return { id: uuidParameter(name, id), voided: name === 'voidedStatementId' };
}

function readFilters(values: Values, version: XapiVersion): StatementFilters {
  const { agent, verb, activity, registration, since, until } = values;
  const relatedAgents = values.related_agents;
  const relatedActivities = values.related_activities;
  return {
    ...(agent !== undefined && { agent: agentParameter('agent', agent, version).ifi }),
    ...(verb !== undefined && { verb: iriParameter('verb', verb) }),
    ...(activity !== undefined && { activity: iriParameter('activity', activity) }),
    ...(registration !== undefined && { registration: uuidParameter('registration', registration) }),
    ...(relatedAgents !== undefined && { relatedAgents: booleanParameter('related_agents', relatedAgents) }),
    ...(relatedActivities !== undefined && {
      relatedActivities: booleanParameter('related_activities', relatedActivities),
    }),
    ...(since !== undefined && { since: timestampParameter('since', since, version) }),
    ...(until !== undefined && { until: timestampParameter('until', until, version) }),
  };
}

function excluded(name: string, other: string): XapiError {
  return new XapiError({
    code: 'parameter-invalid',
    message: `The parameter "${other}" cannot be combined with "${name}".`,
    path: other,
    expected: `beside "${name}" only ${PRESENTATION.join(' and ')}`,
    section: 'xAPI 1.0.3, Communication 2.1.3; xAPI 2.0, 4.1.6.1',
  });
}
