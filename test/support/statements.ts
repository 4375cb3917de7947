import type { Activity, Agent, Group, Statement, SubStatement } from '#xapi/statement/statement.ts';

/** A minimal valid statement, with what a test is about in its place. */
export function aStatement(overrides: Partial<Statement> = {}): Statement {
  return {
    actor: anAgent('ann'),
    verb: { id: 'http://example.com/verbs/attended' },
    object: anActivity('meeting'),
    ...overrides,
  };
}

export function aSubStatement(overrides: Partial<Omit<SubStatement, 'objectType'>> = {}): SubStatement {
  return {
    objectType: 'SubStatement',
    actor: anAgent('sub'),
    verb: { id: 'http://example.com/verbs/plans' },
    object: anActivity('plan'),
    ...overrides,
  };
}

export function anAgent(name: string, overrides: Partial<Agent> = {}): Agent {
  return { mbox: `mailto:${name}@example.com`, ...overrides };
}

/** @returns the identifier of `anAgent(name)`. */
export function ifiOfAgent(name: string): string {
  return `mbox|mailto:${name}@example.com`;
}

export function anAnonymousGroup(...names: readonly string[]): Group {
  return { objectType: 'Group', member: names.map((name) => anAgent(name)) };
}

export function anActivity(name: string, definition?: Activity['definition']): Activity {
  return { id: `http://example.com/activities/${name}`, ...(definition !== undefined && { definition }) };
}
