import { FORMATS } from '#http/statements/statement-parameters.ts';
import { type FilledStore, REGISTRATION } from '#test/integration/isolation/filled-store.ts';
import type { Path, TenantRequest } from '#test/integration/isolation/tenants.ts';

type Query = Readonly<Record<string, string>>;

const PRESENTATIONS: readonly Query[] = [
  {},
  ...FORMATS.map((format) => ({ format })),
  { attachments: 'true' },
  { attachments: 'true', format: 'canonical' },
];

/** Every way to ask for what a store has, by each of its ids and by each parameter, with both methods that read. */
export function readRequests(store: FilledStore): readonly TenantRequest[] {
  const gets = [
    ...requests('/statements', statementQueries(store)),
    ...documentQueries(store).flatMap(([path, queries]) => requests(path, queries)),
    ...requests(
      '/activities',
      store.activities.map((activityId) => ({ activityId })),
    ),
    ...requests(
      '/agents',
      store.agents.map((agent) => ({ agent })),
    ),
    ...requests('/about', [{}]),
  ];
  return ['GET', 'HEAD'].flatMap((method) => gets.map((get) => ({ ...get, method })));
}

function requests(path: Path, queries: readonly Query[]): readonly TenantRequest[] {
  return queries.map((query) => ({ path, method: 'GET', query }));
}

function statementQueries(store: FilledStore): readonly Query[] {
  const { ids, richIds, agents, activities, verbs, links } = store;
  return [
    ...ids.flatMap(byId),
    ...PRESENTATIONS.flatMap((presentation) => [
      { limit: '10', ...presentation },
      ...richIds.flatMap(byId).map((query) => ({ ...query, ...presentation })),
    ]),
    ...agents.flatMap((agent) => [{ agent }, { agent, related_agents: 'true' }]),
    ...activities.flatMap((activity) => [{ activity }, { activity, related_activities: 'true' }]),
    ...verbs.map((verb) => ({ verb })),
    { registration: REGISTRATION },
    { since: justBefore(store.stored) },
    { until: store.stored },
    ...links,
    {},
    { limit: '0' },
    { limit: '1' },
    { limit: '1', ascending: 'true' },
  ];
}

function byId(id: string): readonly Query[] {
  return [{ statementId: id }, { voidedStatementId: id }];
}

/** Each set of filters that finds one statement of the store. */
export function filterRequests(store: FilledStore): readonly TenantRequest[] {
  const [agent = ''] = store.agents;
  const [activity = ''] = store.activities;
  const [verb = ''] = store.verbs;
  const sets = combinations([
    [{}, { agent }, { agent, related_agents: 'true' }],
    [{}, { activity }, { activity, related_activities: 'true' }],
    [{}, { verb }],
    [{}, { registration: REGISTRATION }],
    [{}, { since: justBefore(store.stored) }],
    [{}, { until: store.stored }],
  ]);
  return requests(
    '/statements',
    sets.map((set, index) => ({
      ...set,
      ...PRESENTATIONS[index % PRESENTATIONS.length],
      ...(index % 2 === 0 && { ascending: 'true' }),
      ...(index % 3 === 0 && { limit: '1' }),
    })),
  );
}

/** Each way to take one of each, put together. */
function combinations(choices: readonly (readonly Query[])[]): readonly Query[] {
  return choices.reduce<readonly Query[]>(
    (sets, queries) => sets.flatMap((set) => queries.map((query) => ({ ...set, ...query }))),
    [{}],
  );
}

function documentQueries({ documents, stored }: FilledStore): readonly (readonly [Path, readonly Query[]])[] {
  return documents.map(({ path, owner, id }) => [
    path,
    [{ ...owner, ...id }, owner, { ...owner, since: justBefore(stored) }],
  ]);
}

function justBefore(timestamp: string): string {
  return new Date(Date.parse(timestamp) - 1).toISOString();
}
