import * as fc from 'fast-check';
import type {
  Activity,
  ActivityDefinition,
  Actor,
  Agent,
  Context,
  LanguageMap,
  Statement,
  Verb,
} from '#xapi/statement/statement.ts';
import { anActivity, anAgent } from '#test/support/statements.ts';

/** Few different values, so that those of two statements often meet. */
const names = fc.constantFrom('ann', 'bob', 'cid');

export const arbitraryLanguageMap: fc.Arbitrary<LanguageMap> = fc.dictionary(
  fc.constantFrom('en', 'en-GB', 'en-US', 'fr', 'de-CH', 'zh-Hant-TW', 'und'),
  fc.string({ maxLength: 5 }),
);

const agents: fc.Arbitrary<Agent> = names.map((name) => anAgent(name));

const actors: fc.Arbitrary<Actor> = fc.oneof(
  agents,
  fc.array(agents, { minLength: 1, maxLength: 3 }).map((member) => ({ objectType: 'Group' as const, member })),
);

const verbs: fc.Arbitrary<Verb> = fc.record(
  { id: fc.constantFrom('http://example.com/attended', 'http://example.com/passed'), display: arbitraryLanguageMap },
  { requiredKeys: ['id'] },
);

const components = fc.uniqueArray(
  fc.record({ id: fc.constantFrom('a', 'b', 'c'), description: arbitraryLanguageMap }, { requiredKeys: ['id'] }),
  { selector: ({ id }) => id, maxLength: 3 },
);

export const arbitraryDefinition: fc.Arbitrary<ActivityDefinition> = fc.record(
  {
    name: arbitraryLanguageMap,
    description: arbitraryLanguageMap,
    type: fc.constantFrom('http://example.com/course', 'http://example.com/question'),
    interactionType: fc.constantFrom('choice', 'likert'),
    choices: components,
    scale: components,
    extensions: fc.dictionary(fc.constantFrom('http://a.example', '__proto__'), fc.jsonValue({ maxDepth: 2 })),
  },
  { requiredKeys: [] },
);

const activities: fc.Arbitrary<Activity> = fc.oneof(
  names.map((name) => anActivity(name)),
  fc.tuple(names, arbitraryDefinition).map(([name, definition]) => anActivity(name, definition)),
);

const contexts: fc.Arbitrary<Context> = fc.record(
  {
    instructor: actors,
    registration: fc.uuid(),
    contextActivities: fc.record(
      { parent: activities, category: fc.array(activities, { minLength: 1, maxLength: 3 }) },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);

/** Valid statements whose object is an activity. */
export const arbitraryStatement: fc.Arbitrary<Statement> = fc.record(
  {
    id: fc.uuid(),
    actor: actors,
    verb: verbs,
    object: activities,
    context: contexts,
    timestamp: fc.constantFrom('2026-01-02T03:04:05Z', '2026-01-02T04:04:05.000+01:00', '2026-01-02T03:04:06Z'),
    result: fc.record(
      { duration: fc.constantFrom('PT1.237S', 'PT1.23S', 'PT2S'), success: fc.boolean() },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['actor', 'verb', 'object'] },
);
