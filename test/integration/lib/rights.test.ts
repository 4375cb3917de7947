import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FunctionName, RIGHTS } from '#lib/rights.ts';
import { ROUTES } from '#lib/routes.ts';
import { operationsIn } from '#test/support/recording-commands.ts';
import { type Installation, install, SECRET_ARN } from '#test/support/recording-function.ts';
import { type Grant, type Policy, policyOf } from '#test/support/recording-policy.ts';
import { report } from '#test/support/recording-report.ts';
import { SCENARIOS } from '#test/support/recording-scenarios.ts';

const NAMES: readonly FunctionName[] = [...ROUTES.map((route) => route.function), 'bootstrap-credential'];

/** Who reads what is known of a subject has the code with it that writes it. */
const WRITER_OF_KNOWLEDGE = ['BatchGetItem', 'DeleteItem', 'DeleteObject', 'PutItem', 'PutObject'];

/** Who keeps documents that are deleted one by one has the code with it that deletes many. */
const DELETION_OF_MANY = ['BatchWriteItem'];

/** The SDK's client for DynamoDB looks for endpoints only if it is told to. */
const DISCOVERY = ['DescribeEndpoints'];

/** What bundles have the code for, but no way into it; with reasons. */
const UNREACHABLE: Readonly<Record<FunctionName, readonly string[]>> = {
  statements: DISCOVERY,
  activities: [...DISCOVERY, ...WRITER_OF_KNOWLEDGE],
  agents: [...DISCOVERY, ...WRITER_OF_KNOWLEDGE],
  'activities-state': DISCOVERY,
  'activities-profile': [...DISCOVERY, ...DELETION_OF_MANY],
  'agents-profile': [...DISCOVERY, ...DELETION_OF_MANY],
  about: [],
  'bootstrap-credential': DISCOVERY,
};

/** What the constructs of functions grant besides the rights that are listed. */
const OTHER_GRANTS: Readonly<Partial<Record<FunctionName, readonly Grant[]>>> = {
  'bootstrap-credential': [{ action: 'secretsmanager:GetSecretValue', resource: SECRET_ARN }],
};

const LIMIT = 120_000;

let installation: Installation;

beforeAll(async () => {
  installation = await install(NAMES);
});

afterAll(() => installation.remove());

function deployedPolicy(name: FunctionName): Policy {
  const { tables, bucket } = installation;
  return [...policyOf(RIGHTS[name], tables.names, bucket.name), ...(OTHER_GRANTS[name] ?? [])];
}

describe('the rights', () => {
  it('are those of all functions', () => {
    expect([...NAMES].toSorted()).toEqual(Object.keys(RIGHTS).toSorted());
  });
});

describe.each(NAMES)('the function %s', (name) => {
  it(
    'does all it does under its own policy, and needs all of it',
    async () => {
      const { denied, unneeded, operations, failure } = await report(
        name,
        deployedPolicy(name),
        SCENARIOS[name],
        installation,
      );
      expect(denied).toEqual([]);
      if (failure !== undefined) throw new Error(`A scenario ended early: ${failure.message}`, { cause: failure });
      expect(unneeded).toEqual([]);
      const unreached = (await operationsIn(name)).filter((operation) => !operations.includes(operation));
      expect(unreached.map((operation) => `${name} can send ${operation}, but no scenario does`)).toEqual(
        UNREACHABLE[name].toSorted().map((operation) => `${name} can send ${operation}, but no scenario does`),
      );
    },
    LIMIT,
  );
});
