import { describe, expect, it } from 'vitest';
import { functionVariables } from '#local/function-variables.ts';
import { readSettings } from '#local/settings.ts';
import { ENVIRONMENT_NAMES, type EnvironmentName } from '#runtime/environment-names.ts';
import { readEnvironment } from '#runtime/environment.ts';
import { codeOf, readPage, sectionOf, tableRows } from '#test/support/markdown.ts';

const PAGE = readPage('docs/reference/configuration.md');
const ENDPOINTS = {
  lrs: 'http://127.0.0.1:8080',
  dynamoDb: 'http://127.0.0.1:1',
  s3: 'http://127.0.0.1:2',
  secretsManager: 'http://127.0.0.1:3',
  lambda: 'http://127.0.0.1:4',
};

/** Name → default: the code in the cell, `required`, or undefined for `none`. */
function documented(heading: string): ReadonlyMap<string, string | undefined> {
  const rows = tableRows(sectionOf(PAGE, heading));
  return new Map(
    rows.map(([name, value]) => [codeOf(name) ?? '', codeOf(value) ?? (value === 'none' ? undefined : value)]),
  );
}

/** The names that are looked up in the environment by what runs with it. */
function namesReadBy(run: (variables: Record<string, string | undefined>) => void): readonly string[] {
  const names = new Set<string>();
  run(
    new Proxy<Record<string, string | undefined>>(
      {},
      {
        get: (_, name) => {
          names.add(String(name));
          return undefined;
        },
      },
    ),
  );
  return [...names];
}

describe('docs/reference/configuration.md, npm start', () => {
  const variables = documented('`npm start`');

  it('names every variable that is read, and no other', () => {
    const read = namesReadBy((environment) => {
      functionVariables(readSettings(environment, '/folder'), ENDPOINTS, environment);
    });
    expect([...variables.keys()].sort()).toEqual([...read].sort());
  });

  it('gives the defaults', () => {
    const settings = readSettings({}, '/folder');
    const passedOn = functionVariables(settings, ENDPOINTS, {});
    expect(variables.get('PORT')).toBe(String(settings.port));
    expect(variables.get('HOST')).toBe(settings.host);
    expect(`/folder/${variables.get('LRS_DATA_DIR')}`).toBe(settings.dataFolder);
    expect(variables.get('LRS_BASE_PATH')).toBe(settings.basePath);
    expect(variables.get('LOG_LEVEL')).toBe(passedOn['LOG_LEVEL']);
    expect(variables.get('AWS_REGION')).toBe(passedOn['AWS_REGION']);
    expect(settings).toMatchObject({ credential: undefined, dynamoDbEndpoint: undefined, s3Endpoint: undefined });
    for (const name of ['LRS_KEY', 'LRS_SECRET', 'DYNAMODB_ENDPOINT', 'S3_ENDPOINT']) {
      expect(variables.get(name)).toBeUndefined();
    }
  });
});

describe('docs/reference/configuration.md, functions', () => {
  const variables = documented('Functions');

  it('names every variable that is read, in the order of the code, and no other', () => {
    expect([...variables.keys()]).toEqual(ENVIRONMENT_NAMES);
  });

  it.each(ENVIRONMENT_NAMES)('gives the default of %s', (name) => {
    expect(variables.get(name)).toBe(defaultOf(name));
  });
});

function defaultOf(name: EnvironmentName): string | undefined {
  try {
    const value = readEnvironment([name], {})[name];
    return value === undefined ? undefined : String(value);
  } catch {
    return 'required';
  }
}
