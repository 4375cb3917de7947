import { readdirSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADMIN_FORMATS } from '#access/admin-formats.ts';
import { OPERATIONS } from '#functions/admin/operations.ts';
import { FORMAT_SCHEMAS } from '#tools/generate/api/formats.ts';
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
    const isPublic = listIn(operation['security']).length === 0;
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

  it('has nothing that only this LRS understands, and a type for every member', () => {
    const standard = new Set(['date-time', 'uuid', 'iri']);
    // Members of bodies are called so, too.
    const formatted = holdersOf('format').filter(({ type, format }) => type !== undefined && !isJsonObject(format));
    expect(formatted.length).toBeGreaterThan(10);
    expect(formatted.filter(({ format }) => !standard.has(textIn(format)))).toEqual([]);
    const schemas = at('components', 'schemas') ?? null;
    expect(['if', 'then', 'else', '$comment'].flatMap((keyword) => holdersOf(keyword, schemas))).toEqual([]);
    const members = holdersOf('properties', schemas).flatMap(({ properties }) => Object.values(objectIn(properties)));
    const untyped = members.filter((member) => !['type', '$ref', 'oneOf'].some((name) => name in objectIn(member)));
    expect(untyped).toEqual([]);
  });

  it.each(OPERATIONS)('says what lets $id in', ({ method, path, access }) => {
    const { security } = objectIn(at('paths', path, method.toLowerCase()));
    const ways = listIn(security).flatMap((way) => Object.keys(objectIn(way)));
    expect(ways).toEqual(access === 'anybody' ? [] : access === 'credential' ? ['basic'] : ['basic', 'bearer']);
  });

  it('has examples that fit their schemas', () => {
    const bodies = operations.flatMap(({ operation }) => {
      const body = operation['requestBody'];
      return body === undefined ? [] : [objectIn(objectIn(objectIn(objectIn(body)['content'])['application/json']))];
    });
    expect(bodies.length).toBeGreaterThan(9);
    for (const { schema, example } of bodies) {
      const validate = anAjv().compile({ ...objectIn(schema), components: OPEN_API['components'] });
      expect([validate(example), validate.errors]).toEqual([true, null]);
    }
  });
});

const LABELS = fc.string({ unit: 'binary', maxLength: 301 });
const EXACT: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'store-id': fc.stringMatching(/^[a-z0-9-]{0,65}$/u),
  'new-key': fc.oneof(fc.stringMatching(/^[A-Za-z0-9._~@/-]{0,130}$/u), fc.constantFrom('token', 'tokens')),
  'token-id': fc.stringMatching(/^[\w.-]{0,66}$/u),
  sha1: fc.stringMatching(/^[0-9a-gA-F]{39,41}$/u),
};

function fits(format: string): (text: string) => boolean {
  const validate = anAjv().compile({ type: 'string', ...FORMAT_SCHEMAS[format] });
  return (text) => validate(text);
}

describe('formats, as others know them,', () => {
  it.each(Object.entries(EXACT))('are the same: %s', (format, texts) => {
    const isPortable = fits(format);
    fc.assert(
      fc.property(texts, (text) => {
        expect(isPortable(text)).toBe(ADMIN_FORMATS[format]?.(text));
      }),
    );
  });

  it.each([
    ['label', LABELS],
    ['claim-name', LABELS],
    ['claim-value', LABELS],
    ['origin', fc.webUrl({ withQueryParameters: true })],
    ['origin', fc.webAuthority({ withPort: true }).map((authority) => `app://${authority}`)],
    ['issuer-url', fc.webUrl()],
    ['mbox', fc.emailAddress().map((address) => `mailto:${address}`)],
  ])('refuse nothing that is taken: %s', (format, texts) => {
    const isPortable = fits(format);
    fc.assert(
      fc.property(texts, (text) => {
        fc.pre(ADMIN_FORMATS[format]?.(text) === true);
        expect(isPortable(text)).toBe(true);
      }),
    );
  });
});
