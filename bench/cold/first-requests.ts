import type { GatewayEvent } from '#http/gateway/read-event.ts';

const JSON_BODY = { 'content-type': 'application/json' };
const ACTIVITY = 'https://lms.example.com/courses/safety/modules/1';
const AGENT = { account: { homePage: 'https://lms.example.com', name: 'learner-1' } };

const STATEMENT = {
  actor: { objectType: 'Agent', name: 'Sally Glider', ...AGENT },
  verb: { id: 'http://adlnet.gov/expapi/verbs/completed', display: { 'en-US': 'completed' } },
  object: {
    id: ACTIVITY,
    definition: { type: 'http://adlnet.gov/expapi/activities/module', name: { 'en-US': 'Module 1' } },
  },
  result: { score: { scaled: 0.87 }, success: true, completion: true, duration: 'PT12M30.5S' },
  context: {
    registration: 'c2f8e2b4-7d64-4f0e-9d3f-0b8a5a1f3a11',
    contextActivities: {
      parent: [{ id: 'https://lms.example.com/courses/safety' }],
      grouping: [{ id: 'https://lms.example.com/programs/onboarding' }],
      category: [{ id: 'https://w3id.org/xapi/cmi5/context/categories/cmi5' }],
    },
  },
  timestamp: '2030-01-31T08:05:09.123Z',
};

const DOCUMENT = JSON.stringify({ page: 12, score: 0.5, answers: ['a', 'c', 'b'] });

interface FirstRequest {
  /** From the root; absent: that of the function's resource. */
  readonly path?: string;
  readonly method: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request that each function often gets, by the function. Those that answer no requests have none. */
export const FIRST_REQUESTS: Readonly<Record<string, FirstRequest>> = {
  about: { method: 'GET' },
  statements: { method: 'POST', headers: JSON_BODY, body: JSON.stringify(STATEMENT) },
  activities: { method: 'GET', query: { activityId: ACTIVITY } },
  agents: { method: 'GET', query: { agent: JSON.stringify(AGENT) } },
  'activities-state': {
    method: 'PUT',
    query: { activityId: ACTIVITY, agent: JSON.stringify(AGENT), stateId: 'bookmark' },
    headers: JSON_BODY,
    body: DOCUMENT,
  },
  'activities-profile': {
    method: 'POST',
    query: { activityId: ACTIVITY, profileId: 'settings' },
    headers: JSON_BODY,
    body: DOCUMENT,
  },
  'agents-profile': {
    method: 'POST',
    query: { agent: JSON.stringify(AGENT), profileId: 'settings' },
    headers: JSON_BODY,
    body: DOCUMENT,
  },
  admin: { method: 'GET', path: '/admin/v1/whoami' },
  oauth: {
    method: 'POST',
    path: '/oauth/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials',
  },
};

/** @param authorization the header. @returns the event of an HTTP API. */
export function eventOf(
  path: string,
  { method, query = {}, headers, body }: FirstRequest,
  authorization: string,
): GatewayEvent {
  return {
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: { 'x-experience-api-version': '1.0.3', authorization, ...headers },
    isBase64Encoded: false,
    ...(body !== undefined && { body }),
    requestContext: { requestId: 'cold', http: { method, sourceIp: '127.0.0.1' } },
  };
}
