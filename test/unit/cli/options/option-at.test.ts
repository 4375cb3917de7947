import { describe, expect, it } from 'vitest';
import { answering, json, lrs, SOME_LRS } from '#test/support/cli-shell.ts';

const UUID = '0bd8a8d5-2f6a-4c6c-9d0a-0d3f1b6f3c11';

/** What a person reads of the first sentence when the LRS refuses a place in the body. */
async function refusalOf(line: readonly string[], path: string): Promise<string | undefined> {
  const problem = { code: 'body-invalid', detail: `${path} must be another.`, path };
  const { fetch } = answering(json(problem, 400));
  const { exitCode, messages } = await lrs(line, { variables: SOME_LRS, fetch });
  expect(exitCode).toBe(1);
  return /^(?<place>.*) must be another\.$/mu.exec(messages)?.groups?.['place'];
}

describe('a refusal of what was typed', () => {
  it.each([
    [['export', '--verb', 'passed'], '$.query.verb', '--verb'],
    [['export', 'create', '--related-agents'], '$.query.related_agents', '--related-agents'],
    [['export', '--agent', '{"mbox":"ann"}'], '$.query.agent.mbox', 'mbox of --agent'],
    [['export', '--agent', '{"é":1}'], "$.query.agent['é']", "['é'] of --agent"],
    [['export', '--statement', UUID], '$.query.statementId', '--statement'],
    [['export', '--voided-statement', UUID], '$.query.voidedStatementId', '--voided-statement'],
    [['export', '--format', 'csv', '--statement-format', 'x'], '$.query.format', '--statement-format'],
    [['export', '--format', 'csv', '--statement-format', 'x'], '$.format', '--format'],
    [['export', '--format', 'csv', '--columns', 'id,x'], '$.columns[1]', '--columns'],
    [['lake', 'backfill', '--rate', '7'], '$.rate', '--rate'],
    [['token', 'mint', '--verb', 'x'], '$.limits.verbs[0]', '--verb'],
    [['token', 'mint', '--actor', '{"mbox":"ann"}'], '$.limits.actor.mbox', 'mbox of --actor'],
    [
      ['token', 'mint', '--actor-account', 'here', 'ann'],
      '$.limits.actor.account.homePage',
      'account.homePage of --actor-account',
    ],
    [['store', 'set', 'acme', '--default-version', '1.0.3'], '$.settings.defaultVersion', '--default-version'],
    [
      ['credential', 'create', '--scopes', 'all', '--request-limits', '1/2'],
      '$.requestLimits.perDay',
      'perDay of --request-limits',
    ],
    [['store', 'create', 'Acme'], '$.id', '<store>'],
  ])('by %j at %s names its option or argument', async (line, path, place) => {
    expect(await refusalOf(line, path)).toBe(place);
  });

  it.each([
    [['store', 'create', 'Acme'], '$.name'],
    [['credential', 'disable', 'k'], '$.disabled'],
    [['lake', 'backfill'], '$.rate'],
  ])('by %j at %s keeps the path when nothing was given for it', async (line, path) => {
    expect(await refusalOf(line, path)).toBe(path);
  });

  it('says where once, beside a sentence that does not', async () => {
    const problem = { code: 'body-invalid', detail: 'It cannot be.', path: '$.query.limit', expected: 'none' };
    const { fetch } = answering(json(problem, 400));
    const { messages } = await lrs(['export', '--limit', '7'], { variables: SOME_LRS, fetch });
    expect(messages).toContain('It cannot be. (at --limit; expected none)\n');
  });
});
