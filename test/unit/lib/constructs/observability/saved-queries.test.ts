import { describe, expect, it } from 'vitest';
import { SAVED_QUERIES } from '#lib/constructs/observability/saved-queries.ts';
import { LAKE_FUNCTIONS } from '#lib/rights.ts';
import { METRICS, RESOURCES } from '#runtime/metric-names.ts';
import { codeOf, readPage, sectionOf, tableRows } from '#test/support/markdown.ts';
import { synthesize } from '#test/support/synthesize.ts';

const { stacks, template } = synthesize();

/** What `docs/reference/metrics.md`, which tests hold to the lines, gives as members of the lines of functions. */
const OF_FUNCTIONS: ReadonlySet<string> = new Set([
  ...tableRows(sectionOf(readPage('docs/reference/metrics.md'), 'The line of a request')).flatMap(
    ([names = '', ...rest]) => [
      ...names.split(', ').flatMap((name) => codeOf(name) ?? []),
      ...rest.flatMap((cell) => Array.from(cell.matchAll(/`(stack|detail)`/gu), ([, name = '']) => name)),
    ],
  ),
  ...Object.keys(METRICS),
]);

/** Written by Lambda in JSON (AWS Lambda Developer Guide, System logs). */
const OF_LAMBDA = ['type', 'record'];

/** Keywords, functions, literals and results of the queries themselves. */
const OF_QUERIES =
  /^(?:fields|filter|sort|desc|limit|stats|count|pct|max|by|as|and|or|in|like|requests|p50|p95|slowest|request|error|warn|platform|REQUEST|ID|CREDENTIAL|KEY)$/u;

function membersOf(query: string): readonly string[] {
  const words = query.replaceAll(/@\w+|record\.\w+/gu, (word) => (word.startsWith('@') ? '' : 'record'));
  return (words.match(/[A-Za-z]\w*/gu) ?? []).filter((word) => !OF_QUERIES.test(word));
}

function membersOfAccessLog(): ReadonlySet<string> {
  const [stage] = Object.values(template('api').findResources('AWS::ApiGatewayV2::Stage'));
  return new Set(Object.keys(JSON.parse(String(stage?.['Properties'].AccessLogSettings.Format))));
}

describe.each(SAVED_QUERIES)('the query "$name"', ({ name, of, query }) => {
  it('asks for members that the lines have', () => {
    const known = {
      functions: new Set([...OF_FUNCTIONS, ...OF_LAMBDA]),
      gateway: membersOfAccessLog(),
      both: OF_FUNCTIONS,
    }[of];
    expect(membersOf(query).filter((member) => !known.has(member))).toEqual([]);
  });

  it('is saved below the name of the LRS, over the logs of what it is about', () => {
    const found = template('observability').findResources('AWS::Logs::QueryDefinition', {
      Properties: { Name: `lrs-prod/${name}` },
    });
    const [properties] = Object.values(found).map((resource) => resource['Properties']);
    expect(properties.QueryString).toBe(query);
    const functions = RESOURCES.length + 1 + LAKE_FUNCTIONS.length;
    const groups = { functions, gateway: 1, both: functions + 1 }[of];
    expect(new Set(properties.LogGroupNames.map((group: unknown) => JSON.stringify(group))).size).toBe(groups);
  });
});

describe('saved queries', () => {
  it('reach the log of every function that answers requests', () => {
    expect(Object.keys(stacks.api.functions)).toEqual([...RESOURCES]);
  });
});
