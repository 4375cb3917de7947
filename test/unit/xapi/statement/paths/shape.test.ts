import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Shape, STATEMENT_SHAPE } from '#xapi/statement/paths/shape.ts';

const ROOT = new URL('../../../../../schemas/', import.meta.url).pathname;

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema | true>>;
  readonly propertyNames?: { readonly format?: string };
  readonly additionalProperties?: unknown;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly then?: Schema;
  readonly else?: Schema;
}

/** All paths that a schema allows, as texts; `[]` for a place, `{…}` for any name of a kind. */
function pathsOf(schema: Schema | true, file: string, prefix = ''): readonly string[] {
  if (schema === true) return [prefix];
  if (schema.$ref !== undefined) {
    // One activity is legal where a list is meant, and is given back as a list (xAPI 1.0.3, Data 2.4.6.2).
    if (schema.$ref === '#/$defs/activities') return pathsOf({ items: { $ref: 'activity.json' } }, file, prefix);
    const target = join(dirname(file), schema.$ref);
    const loaded: Schema = JSON.parse(readFileSync(target, 'utf8'));
    return pathsOf(loaded, target, prefix);
  }
  if (schema.propertyNames?.format !== undefined) {
    return [prefix, `${prefix}{${schema.propertyNames.format}}`];
  }
  const members = Object.entries(schema.properties ?? {}).flatMap(([name, member]) =>
    pathsOf(member, file, `${prefix}.${name}`),
  );
  const items = schema.items === undefined ? [] : pathsOf(schema.items, file, `${prefix}[]`);
  const { allOf = [], anyOf = [], oneOf = [] } = schema;
  const parts = [...allOf, ...anyOf, ...oneOf, schema.then, schema.else].filter((part) => part !== undefined);
  return [prefix, ...members, ...items, ...parts.flatMap((part) => pathsOf(part, file, prefix))];
}

function pathsIn(shape: Shape, prefix = ''): readonly string[] {
  if (shape.kind === 'plain' || shape.kind === 'free') return [prefix];
  if (shape.kind === 'items') return [prefix, ...pathsIn(shape.items, `${prefix}[]`)];
  if (shape.kind === 'by') return [prefix, `${prefix}{${shape.key === 'iri' ? 'iri' : 'language-tag'}}`];
  return [prefix, ...Object.entries(shape.members).flatMap(([name, member]) => pathsIn(member, `${prefix}.${name}`))];
}

function sorted(paths: readonly string[]): readonly string[] {
  return [...new Set(paths)].toSorted();
}

describe('the shape of a statement', () => {
  it('has all that the schemas of both versions have, and nothing else', () => {
    const files = ['1.0.3/statement.json', '2.0/statement.json'].map((name) => join(ROOT, name));
    const allowed = files.flatMap((file) => pathsOf({ $ref: file.split('/').at(-1) ?? '' }, file));
    expect(sorted(pathsIn(STATEMENT_SHAPE))).toEqual(sorted(allowed));
  });
});
