import { globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorReply } from '#http/error-reply.ts';
import { ERROR_STATUS } from '#http/error-status.ts';
import { problemReply } from '#http/problem-reply.ts';
import { readPage, ROOT, sectionOf } from '#test/support/markdown.ts';
import { ERROR_CODES, XapiError } from '#xapi/errors.ts';

const PAGE = readPage('docs/reference/errors.md');
const DEFINITIONS = ['xapi/errors.ts', 'http/error-status.ts'];
const MEMBERS = ['code', 'message', 'path', 'expected', 'received', 'section', 'requestId'];

function sourceFilesIn(folder: string): readonly string[] {
  return globSync(`${folder}/**/*.ts`, { cwd: ROOT });
}

function documentedCodes(): readonly string[] {
  return Array.from(PAGE.matchAll(/^## `([^`]+)`$/gmu), ([, code = '']) => code);
}

function statusIn(section: string): number {
  return Number(/^\*\*Status\*\* (\d{3})$/mu.exec(section)?.[1]);
}

function exampleIn(section: string): Record<string, unknown> {
  const example: Record<string, unknown> = JSON.parse(/```json\n(.*?)```/su.exec(section)?.[1] ?? '{}');
  return example;
}

const SOURCES = ['xapi', 'http', 'storage', 'functions', 'local']
  .flatMap(sourceFilesIn)
  .filter((path) => !DEFINITIONS.includes(path));

/** Their rules, or one of them, are not in version 2.0. */
const OF_THE_OLD_VERSION = [
  'http/alternate-request.ts',
  'http/documents/document-rules.ts',
  'xapi/document/preconditions.ts',
];

/** Of the management API alone. */
const OF_MANAGEMENT = ['resource-exists', 'resource-changed', 'credential-in-use', 'idempotency-key-reused'] as const;

describe('error codes', () => {
  const source = SOURCES.map(readPage).join('');

  it.each(ERROR_CODES)('%s is in use', (code) => {
    expect(source).toContain(`'${code}'`);
  });
});

describe('sections', () => {
  it('are those of both versions, but for what one alone demands', () => {
    const old = /(?:section:|SECTION =) '(?!.*xAPI 2\.0)xAPI 1\.0\.3/u;
    expect(SOURCES.filter((path) => old.test(readPage(path))).toSorted()).toEqual(OF_THE_OLD_VERSION);
  });
});

describe('docs/reference/errors.md', () => {
  it('has a section for every code and for internal errors, in the order of the code, and for nothing else', () => {
    expect(documentedCodes()).toEqual([...ERROR_CODES, 'internal-error']);
  });

  it.each(ERROR_CODES)('gives the status of %s', (code) => {
    expect(statusIn(sectionOf(PAGE, `\`${code}\``))).toBe(ERROR_STATUS[code]);
  });

  it('gives status and body of internal errors', () => {
    const section = sectionOf(PAGE, '`internal-error`');
    const example = exampleIn(section);
    const reply = errorReply(new Error('a defect'), { id: String(example['requestId']), headers: {} }, []);
    expect(statusIn(section)).toBe(reply.status);
    expect(example).toEqual(JSON.parse(String(reply.body)));
  });

  it.each(ERROR_CODES)('says when %s happens and what to do, and shows a body', (code) => {
    const section = sectionOf(PAGE, `\`${code}\``);
    expect(section).toMatch(/^\*\*When\*\* \S/mu);
    expect(section).toMatch(/^\*\*What to do\*\* \S/mu);
    const example = exampleIn(section);
    expect(example['code']).toBe(code);
    if (OF_MANAGEMENT.some((known) => known === code)) return;
    expect(example['message']).toMatch(/^\S.*\.$/u);
    expect(Object.keys(example).filter((member) => !MEMBERS.includes(member))).toEqual([]);
  });

  it.each(OF_MANAGEMENT)('shows %s as the management API answers it', (code) => {
    const example = exampleIn(sectionOf(PAGE, `\`${code}\``));
    const { detail, path } = example;
    const problem = { code, message: String(detail), ...(typeof path === 'string' && { path }) };
    const reply = problemReply(new XapiError(problem), { id: String(example['requestId']), headers: {} }, []);
    expect(JSON.parse(String(reply.body))).toEqual(example);
  });

  it('explains every member of an error body', () => {
    const problem = {
      code: 'body-invalid',
      message: 'm',
      path: 'p',
      expected: 'e',
      received: 'r',
      section: 's',
    } as const;
    const body: object = JSON.parse(String(errorReply(new XapiError(problem), { id: 'id', headers: {} }, []).body));
    for (const member of Object.keys(body)) expect(PAGE).toContain(`| \`${member}\` |`);
  });
});
