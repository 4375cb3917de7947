import { readdir, readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isJsonObject, type JsonObject, type JsonValue } from '#xapi/json/json-value.ts';
import { portable } from './portable.ts';

const SCHEMAS = fileURLToPath(new URL('../../../schemas/', import.meta.url));

/** The schemas of the management API, and those that they refer to, by their titles, as OpenAPI has them. */
export interface Schemas {
  readonly byTitle: JsonObject;
  /** @param name of a file in `schemas/admin/` */
  readonly ref: (name: string) => JsonObject;
  /** Whether what has the schema of this name has the member. */
  readonly has: (name: string, member: string) => boolean;
}

export async function readSchemas(): Promise<Schemas> {
  const files = await readFiles(['admin', '1.0.3']);
  const reached = new Set<string>();
  const reach = (path: string): string => {
    reached.add(path);
    return `#/components/schemas/${titleOf(files, path)}`;
  };
  for (const path of files.keys()) if (path.startsWith('admin/')) reach(path);
  const byTitle: Record<string, JsonValue> = {};
  // What is reached while it is gone through comes last, so it is gone through as well.
  for (const path of reached) {
    const { $schema: _, title: __, ...schema } = files.get(path) ?? {};
    byTitle[titleOf(files, path)] = portable(schema, (ref) => reach(posix.join(posix.dirname(path), ref)));
  }
  return {
    byTitle,
    ref: (name) => ({ $ref: reach(`admin/${name}.json`) }),
    has: (name, member) => {
      const properties = files.get(`admin/${name}.json`)?.['properties'];
      return properties !== undefined && isJsonObject(properties) && Object.hasOwn(properties, member);
    },
  };
}

async function readFiles(folders: readonly string[]): Promise<ReadonlyMap<string, JsonObject>> {
  const files = new Map<string, JsonObject>();
  for (const folder of folders) {
    for (const file of (await readdir(`${SCHEMAS}${folder}`)).toSorted()) {
      const schema: JsonObject = JSON.parse(await readFile(`${SCHEMAS}${folder}/${file}`, 'utf8'));
      files.set(`${folder}/${file}`, schema);
    }
  }
  return files;
}

function titleOf(files: ReadonlyMap<string, JsonObject>, path: string): string {
  const title = files.get(path)?.['title'];
  if (typeof title !== 'string') throw new Error(`There is no schema ${path} with a title.`);
  return title;
}
