import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OPERATIONS } from '#functions/admin/operations.ts';
import { managementApi } from '#tools/generate/management-api.ts';
import { readPage, ROOT } from '#test/support/markdown.ts';
import { anAjv, at, objectIn, OPEN_API, resolved } from '#test/support/open-api.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '#xapi/json/json-value.ts';

const METHODS = ['get', 'put', 'post', 'patch', 'delete'];

const operations = Object.entries(objectIn(at('paths'))).flatMap(([path, item]) =>
  Object.entries(objectIn(item)).map(([method, value]) => ({ path, method, operation: objectIn(value) })),
);

/** All objects of the document that hold a member of this name. */
function holdersOf(name: string, value: JsonValue = OPEN_API): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap((item) => holdersOf(name, item));
  if (!isJsonObject(value)) return [];
  const inside = Object.values(value).flatMap((member) => holdersOf(name, member));
  return name in value ? [value, ...inside] : inside;
}

function textIn(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function listIn(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

describe('docs/reference/openapi.json', () => {
  it('and the page made of the same are what the code says now', async () => {
    for (const [path, text] of await managementApi.generate()) expect(readPage(path)).toBe(text);
  });

  it('has what OpenAPI 3.1 demands', () => {
    expect(Object.keys(OPEN_API)).toEqual(expect.arrayContaining(['openapi', 'info', 'paths', 'components']));
    expect(OPEN_API['openapi']).toMatch(/^3\.1\.\d$/u);
    expect(objectIn(OPEN_API['info'])).toMatchObject({ title: expect.any(String), version: expect.any(String) });
    for (const { path, method } of operations) {
      expect(path).toMatch(/^\/\S+$/u);
      expect(METHODS).toContain(method);
    }
  });

  it('has no reference that leads nowhere', () => {
    const refs = holdersOf('$ref').map((holder) => holder['$ref']);
    expect(refs.length).toBeGreaterThan(100);
    expect(refs.filter((ref) => resolved({ $ref: ref ?? null }) === undefined)).toEqual([]);
  });

  it('has schemas that are valid by JSON Schema 2020-12', () => {
    const ajv = anAjv();
    const components = objectIn(at('components', 'schemas'));
    const schemas = [...holdersOf('schema').map((holder) => holder['schema']), ...Object.values(components)];
    for (const schema of schemas) expect([ajv.validateSchema(objectIn(schema)), ajv.errors]).toEqual([true, null]);
    const references = Object.keys(components).map((title) => ({ $ref: `#/components/schemas/${title}` }));
    expect(ajv.compile({ anyOf: references, components: OPEN_API['components'] })).toBeTypeOf('function');
  });

  it('has every operation of the function once', () => {
    const described = operations.map(
      ({ path, method, operation }) => `${method} ${path} ${textIn(operation['operationId'])}`,
    );
    const led = OPERATIONS.map(({ method, path, id }) => `${method.toLowerCase()} ${path} ${id}`);
    expect(described.toSorted()).toEqual(led.toSorted());
    expect(new Set(operations.map(({ operation }) => operation['operationId'])).size).toBe(OPERATIONS.length);
  });

  it.each(operations)('says of $method $path who may, what comes, and how it fails', ({ path, operation }) => {
    expect(operation).toMatchObject({ summary: expect.any(String), description: expect.any(String) });
    const parameters = listIn(operation['parameters']).map((parameter) => objectIn(resolved(parameter)));
    const names = parameters.map((parameter) => `${textIn(parameter['in'])} ${textIn(parameter['name'])}`);
    expect(new Set(names).size).toBe(names.length);
    const inPath = names.filter((name) => name.startsWith('path ')).map((name) => `{${name.slice('path '.length)}}`);
    expect(inPath).toEqual(path.match(/\{\w+\}/gu) ?? []);
    const statuses = Object.keys(objectIn(operation['responses']));
    expect(statuses.filter((status) => status.startsWith('2'))).toHaveLength(1);
    const isPublic = Array.isArray(operation['security']);
    expect(statuses).toEqual(expect.arrayContaining(['400', '500', '503', ...(isPublic ? [] : ['401', '403', '429'])]));
    for (const response of Object.values(objectIn(operation['responses']))) {
      expect(objectIn(resolved(response))).toHaveProperty('description');
    }
  });

  it('uses every schema of schemas/admin', () => {
    const files = readdirSync(`${ROOT}schemas/admin`);
    const refs = new Set(holdersOf('$ref').map((holder) => textIn(holder['$ref'])));
    const titles = files.map((file) => textIn(objectIn(JSON.parse(readPage(`schemas/admin/${file}`)))['title']));
    expect(titles.filter((title) => !refs.has(`#/components/schemas/${title}`))).toEqual([]);
  });
});
