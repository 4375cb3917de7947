import { describe, expect, it } from 'vitest';
import { readOptions, UsageError } from '#tools/smoke/options.ts';

const ENDPOINT = 'https://lrs.example.com/xapi';
const GIVEN = ['--endpoint', ENDPOINT, '--key', 'k', '--secret', 's'];

describe('the options of npm run smoke', () => {
  it('are an endpoint and a credential', () => {
    expect(readOptions(GIVEN, {})).toEqual({
      kind: 'run',
      endpoint: new URL(ENDPOINT),
      access: { key: 'k', secret: 's' },
      limited: undefined,
      only: [],
      json: false,
    });
  });

  it('may be in the environment, where options win', () => {
    const variables = {
      LRS_SMOKE_ENDPOINT: ENDPOINT,
      LRS_SMOKE_KEY: 'other',
      LRS_SMOKE_SECRET: 's',
      LRS_SMOKE_LIMITED_KEY: 'l',
      LRS_SMOKE_LIMITED_SECRET: 't',
    };
    expect(readOptions(['--key', 'k'], variables)).toMatchObject({
      endpoint: new URL(ENDPOINT),
      access: { key: 'k', secret: 's' },
      limited: { key: 'l', secret: 't' },
    });
  });

  it('may choose checks', () => {
    const parameters = [...GIVEN, '--only', 'head', '--only', 'cors', '--json'];
    expect(readOptions(parameters, {})).toMatchObject({ only: ['head', 'cors'], json: true });
  });

  it.each([
    ['https://lrs.example.com/xapi/', 'https://lrs.example.com/xapi'],
    ['http://127.0.0.1:8080/xapi', 'http://127.0.0.1:8080/xapi'],
  ])('take %s for %s', (text, endpoint) => {
    expect(readOptions([...GIVEN, '--endpoint', text], {})).toMatchObject({ endpoint: new URL(endpoint) });
  });

  it.each([
    ['--help', 'help'],
    ['--list', 'list'],
  ])('need nothing else with %s', (option, kind) => {
    expect(readOptions([option], {})).toEqual({ kind });
  });

  it.each([
    [[], 'There is no credential'],
    [['--key', 'k'], 'There is no --secret; it may also be in LRS_SMOKE_SECRET.'],
    [['--secret', 's'], 'There is no --key; it may also be in LRS_SMOKE_KEY.'],
    [['--key', 'k', '--secret', 's'], 'There is no endpoint'],
    [[...GIVEN, '--limited-key', 'l'], 'There is no --limited-secret; it may also be in LRS_SMOKE_LIMITED_SECRET.'],
    [[...GIVEN, '--only', 'all'], 'There is no check all'],
    [[...GIVEN, '--endpoint', 'lrs.example.com'], 'has to be a URL'],
    [[...GIVEN, '--endpoint', 'ftp://lrs.example.com'], 'has to be a URL'],
    [[...GIVEN, '--endpoint', `${ENDPOINT}?a=b`], 'has to be a URL'],
    [[...GIVEN, '--endpoint', `${ENDPOINT}/statements`], 'ends before /statements'],
    [[...GIVEN, '--endpoint', 'https://k:s@lrs.example.com/xapi'], 'apart from the endpoint'],
    [[...GIVEN, '--verbose'], '--verbose'],
  ])('are not %j', (parameters, message) => {
    expect(() => readOptions(parameters, {})).toThrow(UsageError);
    expect(() => readOptions(parameters, {})).toThrow(message);
  });

  it('are not quoted where they may be a part of a secret', () => {
    expect(() => readOptions([...GIVEN, 'rest-of-a-secret'], {})).toThrow(
      /^(?!.*rest-of-a-secret)There is an argument/u,
    );
  });
});
