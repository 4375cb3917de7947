import * as fc from 'fast-check';

import type {
  Account,
  Activity,
  ActivityDefinition,
  Actor,
  Agent,
  Attachment,
  Context,
  ContextActivities,
  Extensions,
  Group,
  InteractionComponent,
  LanguageMap,
  Result,
  Score,
  Statement,
  StatementRef,
  SubStatement,
  Verb,
} from '#xapi/statement/statement.ts';
import type { XapiVersion } from '#xapi/version.ts';

/** Everything a valid statement may hold, as wide as the specification lets it be. */

const languageTags = fc.constantFrom('en', 'en-US', 'zh-Hant-TW', 'und', 'x-pirate', 'de-CH-1996', 'i-klingon');

const iris = fc.oneof(
  fc.webUrl({ withFragments: true, withQueryParameters: true }).map((url) => url.replaceAll(/["<>\\^`{|}]/g, '')),
  fc.uuid().map((id) => `urn:uuid:${id}`),
  fc.constantFrom('course-v1:edX+Demo', 'http://例え.jp/活動', 'tag:example.com,2024:x', 'a:b', 'http://x?a[]=%20'),
);

const accounts: fc.Arbitrary<Account> = fc.record({ homePage: iris, name: fc.string({ unit: 'grapheme' }) });

const languageMaps: fc.Arbitrary<LanguageMap> = fc.dictionary(languageTags, fc.string({ maxLength: 20 }), {
  maxKeys: 3,
});

const extensions: fc.Arbitrary<Extensions> = fc.dictionary(iris, fc.jsonValue(), { maxKeys: 3 });

const identifiers: fc.Arbitrary<Partial<Agent>> = fc.oneof(
  fc.record({ mbox: fc.emailAddress().map((address) => `mailto:${address}`) }),
  fc.record({ mbox_sha1sum: hexOf(40) }),
  fc.record({ openid: iris }),
  fc.record({ account: accounts }),
);

const nameOnly = fc.record({ name: fc.string() }, { requiredKeys: [] });

const agents: fc.Arbitrary<Agent> = both(
  both(identifiers, nameOnly),
  fc.record({ objectType: fc.constant('Agent' as const) }, { requiredKeys: [] }),
);

const typedAgents = agents.map((agent) => ({ ...agent, objectType: 'Agent' as const }));
const group = fc.constant({ objectType: 'Group' as const });

const groups: fc.Arbitrary<Group> = fc.oneof(
  both(both(group, nameOnly), fc.record({ member: fc.array(agents, { minLength: 1, maxLength: 3 }) })),
  both(both(group, identifiers), fc.record({ member: fc.array(agents, { maxLength: 2 }) })),
);

export const actors: fc.Arbitrary<Actor> = fc.oneof(agents, groups);

const verbs: fc.Arbitrary<Verb> = fc.record({ id: iris, display: languageMaps }, { requiredKeys: ['id'] });

const components: fc.Arbitrary<readonly InteractionComponent[]> = fc.uniqueArray(
  fc.record({ id: fc.string({ maxLength: 4 }), description: languageMaps }, { requiredKeys: ['id'] }),
  { selector: ({ id }) => id, maxLength: 3 },
);

const patterns = fc.array(fc.string(), { maxLength: 3 });

const interactions = fc.oneof(
  fc.record({ interactionType: fc.constantFrom('choice', 'sequencing'), choices: components }),
  fc.record({ interactionType: fc.constant('likert'), scale: components }),
  fc.record({ interactionType: fc.constant('matching'), source: components, target: components }),
  fc.record({ interactionType: fc.constant('performance'), steps: components }),
  fc.record({
    interactionType: fc.constantFrom('true-false', 'fill-in', 'long-fill-in', 'numeric', 'other'),
    correctResponsesPattern: patterns,
  }),
);

const definitions: fc.Arbitrary<ActivityDefinition> = both(
  fc.record(
    { name: languageMaps, description: languageMaps, type: iris, moreInfo: iris, extensions },
    { requiredKeys: [] },
  ),
  fc.oneof(fc.constant({}), interactions),
);

const activities: fc.Arbitrary<Activity> = fc.record(
  { objectType: fc.constant('Activity' as const), id: iris, definition: definitions },
  { requiredKeys: ['id'] },
);

const statementRefs: fc.Arbitrary<StatementRef> = fc.record({
  objectType: fc.constant('StatementRef' as const),
  id: fc.uuid(),
});

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

const scores: fc.Arbitrary<Score> = fc
  .uniqueArray(finite, { minLength: 3, maxLength: 3, comparator: 'SameValueZero' })
  .map((numbers) => [...numbers].sort((a, b) => a - b))
  .chain(([min = 0, raw = 1, max = 2]) =>
    fc.record(
      {
        scaled: fc.double({ min: -1, max: 1, noNaN: true }),
        raw: fc.constant(raw),
        min: fc.constant(min),
        max: fc.constant(max),
      },
      { requiredKeys: [] },
    ),
  );

const results: fc.Arbitrary<Result> = fc.record(
  {
    score: scores,
    success: fc.boolean(),
    completion: fc.boolean(),
    response: fc.string({ unit: 'binary' }),
    duration: fc.constantFrom('PT4H35M59.14S', 'P3Y1M29DT4H', 'P4W', 'PT0,5S', 'P1DT12H36M0.12567S'),
    extensions,
  },
  { requiredKeys: [] },
);

const manyOrOne = fc.oneof(activities, fc.array(activities, { maxLength: 2 }));

const contextActivities: fc.Arbitrary<ContextActivities> = fc.record(
  { parent: manyOrOne, grouping: manyOrOne, category: manyOrOne, other: manyOrOne },
  { requiredKeys: [] },
);

const relevantTypes = fc.array(iris, { minLength: 1, maxLength: 2 });

const version2Context: fc.Arbitrary<Context> = fc.record(
  {
    contextAgents: fc.array(
      fc.record(
        { objectType: fc.constant('contextAgent' as const), agent: agents, relevantTypes },
        { requiredKeys: ['objectType', 'agent'] },
      ),
      { maxLength: 2 },
    ),
    contextGroups: fc.array(
      fc.record(
        { objectType: fc.constant('contextGroup' as const), group: groups, relevantTypes },
        { requiredKeys: ['objectType', 'group'] },
      ),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
);

const plainContext: fc.Arbitrary<Context> = fc.record(
  {
    registration: fc.uuid(),
    instructor: actors,
    team: groups,
    contextActivities,
    language: languageTags,
    statement: statementRefs,
    extensions,
  },
  { requiredKeys: [] },
);

const activityContext: fc.Arbitrary<Context> = fc.record(
  { revision: fc.string(), platform: fc.string() },
  { requiredKeys: [] },
);

const attachments: fc.Arbitrary<Attachment> = fc.record(
  {
    usageType: iris,
    display: languageMaps,
    description: languageMaps,
    contentType: fc.constantFrom('text/plain', 'text/plain; charset=utf-8', 'application/vnd.x+json'),
    length: fc.maxSafeNat(),
    sha2: hexOf(64),
    fileUrl: iris,
  },
  { requiredKeys: ['usageType', 'display', 'contentType', 'length', 'sha2'] },
);

export const timestamps = fc
  .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

function common(version: XapiVersion): fc.Arbitrary<Pick<Statement, 'actor' | 'verb'> & Partial<Statement>> {
  const context = version === '1.0.3' ? plainContext : both(plainContext, version2Context);
  return fc.record(
    {
      actor: actors,
      verb: verbs,
      result: results,
      context,
      timestamp: timestamps,
      attachments: fc.array(attachments, { maxLength: 2 }),
    },
    { requiredKeys: ['actor', 'verb'] },
  );
}

const plainObjects = fc.oneof(typedAgents, groups, statementRefs, activities);

function subStatements(version: XapiVersion): fc.Arbitrary<SubStatement> {
  const type = fc.constant({ objectType: 'SubStatement' as const });
  return both(both(type, common(version)), fc.record({ object: plainObjects }));
}

/** A statement as a client may send it in that version, with any legal combination of properties. */
export function statements(version: XapiVersion): fc.Arbitrary<Statement> {
  const envelope = fc.record(
    { id: fc.uuid(), stored: timestamps, authority: agents, version: fc.constantFrom('1.0', '1.0.3') },
    { requiredKeys: [] },
  );
  const object = fc.record({ object: fc.oneof(plainObjects, subStatements(version)) });
  const aboutAny = both(both(envelope, common(version)), object);
  const aboutActivity = fc
    .tuple(envelope, common(version), activities, activityContext)
    .map(([head, body, activity, context]) => ({
      ...head,
      ...body,
      object: activity,
      context: { ...body.context, ...context },
    }));
  return fc.oneof(aboutAny, aboutActivity);
}

function hexOf(length: number): fc.Arbitrary<string> {
  return fc.string({
    unit: fc.constantFrom(...Array.from('0123456789abcdefABCDEF')),
    minLength: length,
    maxLength: length,
  });
}

function both<A extends object, B extends object>(
  first: fc.Arbitrary<A>,
  second: fc.Arbitrary<B>,
): fc.Arbitrary<A & B> {
  return fc.tuple(first, second).map(([a, b]) => ({ ...a, ...b }));
}
