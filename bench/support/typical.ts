import { randomUUID } from 'node:crypto';
import { draftStatement } from '#xapi/statement/draft.ts';
import type { Statement, StatementDraft } from '#xapi/statement/statement.ts';

/** What costs are measured with: a statement as a course module sends it. */

export const LEARNER = { account: { homePage: 'https://lms.example.com', name: 'learner-1' } };
export const LEARNER_IFI = 'account|https://lms.example.com|learner-1';
export const VERB = 'http://adlnet.gov/expapi/verbs/completed';
export const MODULE = 'https://lms.example.com/courses/safety/modules/1';
export const COURSE = 'https://lms.example.com/courses/safety';
export const REGISTRATION = 'c2f8e2b4-7d64-4f0e-9d3f-0b8a5a1f3a11';

/** A UUID that was not there before. */
export type NewId = () => string;

/** About 1.3 KB of JSON as it is sent. */
export function aTypicalStatement(overrides: Partial<Statement> = {}, newId: NewId = randomUUID): Statement {
  return {
    actor: { objectType: 'Agent', name: 'Sally Glider', ...LEARNER },
    verb: { id: VERB, display: { 'en-US': 'completed' } },
    object: {
      objectType: 'Activity',
      id: MODULE,
      definition: {
        type: 'http://adlnet.gov/expapi/activities/module',
        name: { 'en-US': 'Module 1' },
        description: { 'en-US': 'A module about safety at work and how to keep it.' },
      },
    },
    result: {
      score: { scaled: 0.87, raw: 87, min: 0, max: 100 },
      success: true,
      completion: true,
      duration: 'PT12M30.5S',
    },
    context: {
      registration: REGISTRATION,
      platform: 'Example LMS',
      language: 'en-US',
      contextActivities: {
        parent: [{ id: COURSE, definition: { type: 'http://adlnet.gov/expapi/activities/course' } }],
        grouping: [{ id: 'https://lms.example.com/programs/onboarding' }],
        category: [{ id: 'https://w3id.org/xapi/cmi5/context/categories/cmi5' }],
      },
      extensions: { 'https://w3id.org/xapi/cmi5/context/extensions/sessionid': newId() },
    },
    timestamp: '2030-01-31T08:05:09.123Z',
    ...overrides,
  };
}

export function aDraft(statement: Statement, newId: NewId = randomUUID): StatementDraft {
  const authority = { account: { homePage: 'http://localhost', name: 'key' } };
  return draftStatement(statement, statement, { id: newId(), authority, version: '2.0.0' });
}

/** Drafts that are the same whenever the ids are. */
export class TypicalDrafts {
  readonly #newId: NewId;

  constructor(newId: NewId) {
    this.#newId = newId;
  }

  one(): StatementDraft {
    return aDraft(aTypicalStatement({}, this.#newId), this.#newId);
  }

  array(count: number): readonly StatementDraft[] {
    return Array.from({ length: count }, () => this.one());
  }

  reference(id: string, verb = VERB): StatementDraft {
    return aDraft({ actor: LEARNER, verb: { id: verb }, object: { objectType: 'StatementRef', id } }, this.#newId);
  }
}
