import { describe, expect, it } from 'vitest';
import { synthesize } from '#test/support/synthesize.ts';
import { textOf } from '#test/support/template-text.ts';

const { stacks, template } = synthesize();

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** `bucket` is the one of the lake, `results` that of results. */
function statementsOf(who: string): readonly Statement[] {
  const policies = Object.entries(template('lake').findResources('AWS::IAM::ManagedPolicy'));
  const found = policies.find(([id]) => id.includes(`Readers${who}`))?.[1];
  return found?.['Properties'].PolicyDocument.Statement;
}

function listOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map(textOf).map((text) =>
    text
      .replace(/^<[^>]*Exports[^>]*>/u, 'lake')
      .replace(/^<[^>]*Results[^>]*>/u, 'results')
      .replace(/^arn:[^:]*:(glue|athena):[^:]*:<AWS::AccountId>:/u, '$1:'),
  );
}

/** Resources that an action is allowed on, whatever their order. */
function resourcesOf(who: string, action: string): ReadonlySet<string> {
  const about = statementsOf(who).filter(({ Action }) => [Action].flat().includes(action));
  return new Set(about.flatMap(({ Resource }) => listOf(Resource)));
}

const FOLDERS = {
  full: ['statements', 'pseudonymous', 'activities', 'actors', 'verbs'],
  pseudonymous: ['pseudonymous', 'activities', 'verbs'],
} as const;
const TABLES = {
  full: ['statements', 'statements_pseudonymous', 'activities', 'actors', 'verbs'],
  pseudonymous: ['statements_pseudonymous', 'activities', 'verbs'],
} as const;

describe.each(['full', 'pseudonymous'] as const)('the policy of %s readers', (who) => {
  const prefixes = FOLDERS[who].flatMap((folder) => [`lake/${folder}/*`, `lake/current/${folder}/*`]);

  it('allows to read files of their tables, and results of their own kind', () => {
    expect(resourcesOf(who, 's3:GetObject')).toEqual(
      new Set([...prefixes.map((prefix) => `lake/${prefix}`), `results/results/${who}/*`]),
    );
  });

  it('allows to write results, and nothing else', () => {
    expect(resourcesOf(who, 's3:PutObject')).toEqual(new Set([`results/results/${who}/*`]));
    const writing = statementsOf(who).flatMap(({ Action }) => [Action].flat());
    expect(writing.filter((action) => /Create|Update|Delete|\*/u.test(action))).toEqual([]);
  });

  it('allows to list what is below these prefixes only', () => {
    const lists = statementsOf(who).filter(({ Action }) => Action === 's3:ListBucket');
    expect(lists.map(({ Resource, Condition }) => [listOf(Resource), Condition])).toEqual([
      [['lake'], { StringLike: { 's3:prefix': prefixes } }],
      [['results'], { StringLike: { 's3:prefix': [`results/${who}/*`] } }],
    ]);
  });

  it('allows to know of their tables', () => {
    expect(resourcesOf(who, 'glue:GetTable')).toEqual(
      new Set([
        'glue:catalog',
        'glue:database/<AnalyticsLakeDatabase45805CD4>',
        ...TABLES[who].map((name) => `glue:table/<AnalyticsLakeDatabase45805CD4>/${name}`),
      ]),
    );
  });

  it('allows to query in their workgroup', () => {
    const name = { full: 'lrs-prod', pseudonymous: 'lrs-prod-pseudonymous' }[who];
    expect(resourcesOf(who, 'athena:StartQueryExecution')).toEqual(new Set([`athena:workgroup/${name}`]));
    expect(resourcesOf(who, 'athena:GetQueryResults')).toEqual(new Set([`athena:workgroup/${name}`]));
  });
});

describe('the lake', () => {
  it('is in the bucket that keeps it', () => {
    expect(stacks.lake.dependencies).toContain(stacks.data);
  });
});
