import { globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { settingReaders } from '#lib/config/settings.ts';
import { codeOf, readPage, ROOT, sectionOf, tableRows } from '#test/support/markdown.ts';
import { synthesize } from '#test/support/synthesize.ts';

const PAGES = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...globSync('docs/**/*.md', { cwd: ROOT })];

/** npm knows these without `run`. */
const SHORT_SCRIPTS = new Set(['start', 'test']);

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a file of our own
const { scripts } = JSON.parse(readPage('package.json')) as { scripts: Record<string, string> };

const STACKS = ['data', 'lake', 'api', 'edge', 'observability'] as const;
const { template } = synthesize({
  edge: true,
  domainName: 'lrs.example.com',
  certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/0b1c-2d',
  alarmEmail: 'ops@example.com',
});

/** Those for people; names that the CDK gives are for other stacks. */
const OUTPUTS = STACKS.flatMap((stack) =>
  Object.keys(template(stack).findOutputs('*'))
    .filter((name) => !/^(?:ExportsOutput|PublishOutput)/u.test(name))
    .map((output) => ({ stack, output })),
);

const LOGICAL_IDS = new Set(STACKS.flatMap((stack) => Object.keys(resourcesOf(stack))));

function resourcesOf(stack: (typeof STACKS)[number]): Record<string, unknown> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every template has resources
  return template(stack).toJSON()['Resources'] as Record<string, unknown>;
}

function allMatches(text: string, pattern: RegExp): readonly string[] {
  return Array.from(text.matchAll(pattern), ([, found = '']) => found);
}

describe.each(PAGES)('%s', (path) => {
  const page = readPage(path);

  it('names scripts of npm that exist', () => {
    const run = allMatches(page, /npm run (?:--silent )?([\w:-]+)/gu);
    const short = allMatches(page, /npm (\w+)/gu).filter((name) => SHORT_SCRIPTS.has(name));
    expect([...run, ...short].filter((name) => !(name in scripts))).toEqual([]);
  });

  it('gives settings that exist', () => {
    const known = new Set(['stage', ...Object.keys(settingReaders('prod'))]);
    const given = allMatches(page, / -c (\w+)=\S/gu);
    expect(given.filter((name) => !known.has(name))).toEqual([]);
  });

  it('gives commands of the CDK for stacks that exist', () => {
    const commands = allMatches(page, /npx cdk (?:deploy|destroy|import|orphan|rollback)\b([^`\n]*)/gu);
    const named = commands.flatMap((command) => allMatches(command, /(?:lrs-(?:prod|dev)|\$LRS)-(\w+)/gu));
    expect(named.filter((name) => !STACKS.some((stack) => stack === name))).toEqual([]);
  });

  it('asks for outputs and resources that exist', () => {
    const outputs = allMatches(page, /OutputKey=='(\w+)'/gu);
    expect(outputs.filter((name) => !OUTPUTS.some(({ output }) => output === name))).toEqual([]);
    const ids = allMatches(page, /\b((?:Statements|Documents|Registry|Attachments|Exports)[0-9A-F]{8})\b/gu);
    expect(ids.filter((id) => !LOGICAL_IDS.has(id))).toEqual([]);
  });
});

describe('docs/operations/deploy.md', () => {
  it('explains every output that people are to see', () => {
    const section = sectionOf(readPage('docs/operations/deploy.md'), 'Deploy for the first time');
    const documented = tableRows(section).map(([stack, output]) => ({ stack, output: codeOf(output) }));
    // Endpoint and target of the domain are those of the edge, if there is one.
    const ofEdge = OUTPUTS.map(({ stack, output }) => ({ stack: stack === 'edge' ? 'api' : stack, output }));
    expect(documented).toEqual(expect.arrayContaining(ofEdge));
    expect(ofEdge).toEqual(expect.arrayContaining(documented));
  });
});

describe('README.md', () => {
  it('counts the functions that are deployed', () => {
    const functions = STACKS.flatMap((stack) => Object.keys(template(stack).findResources('AWS::Lambda::Function')));
    expect(allMatches(readPage('README.md'), /It makes (\d+) functions/gu)).toEqual([String(functions.length)]);
  });
});
