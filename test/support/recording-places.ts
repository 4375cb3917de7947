import { readFile } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleFunction } from '#lib/bundle/bundle-functions.ts';
import type { FunctionName } from '#lib/rights.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A place in the source where a request to AWS is made, or where a storage adapter is asked to make one. */
export interface Place {
  /** Source and code, for example `storage/dynamodb/batch.ts: call('BatchGetItem'`. */
  readonly name: string;
  /** In the bundle, in UTF-16 units. */
  readonly offset: number;
}

export interface Places {
  readonly places: readonly Place[];
  /** The commands of the SDK in the bundle that stand at none of the places. */
  readonly unplaced: readonly string[];
}

/** A command of the SDK has a module of its own, which a bundle holds only if something in the bundle uses it. */
const COMMAND_MODULE = /\/@aws-sdk\/client-[^/]+\/.*\/commands\/(\w+)Command\.js$/u;

const COMMAND = /: new (\w+)Command$/u;

/**
 * How requests are made: by calls of DynamoDB, commands of the SDK and actions of transactions, by methods of HTTP, which
 * S3 is asked by, and by what several adapters share.
 */
const REQUESTS = [
  /call\('\w+'/uy,
  /new \w+Command(?=\()/uy,
  /(?:Put|Update|Delete|ConditionCheck)(?=: \{ TableName)/uy,
  /method: '\w+'/uy,
  /(?<!function )(?:readItems|putItems|deleteItems|readObject)(?=\()/uy,
  /(?<=((?:blobs|bucket)\.))\w+(?=\()/uy,
];

const OWN_SOURCE = /^(?:access|functions|http|lake|runtime|storage|tokens|xapi)\//u;

const TOKEN = /[\w$]+/gu;

/** What the bundle of a function can ask of AWS, by where it does so. */
export async function placesIn(name: FunctionName): Promise<Places> {
  const { code, sourceMap, metafile } = await bundleFunction(name);
  const places = await placesOf(new TextDecoder().decode(code), new SourceMap(JSON.parse(sourceMap)));
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  const used = inputs.flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : []));
  const placed = places.flatMap((place) => COMMAND.exec(place.name)?.[1] ?? []);
  const commands = used.flatMap((path) => COMMAND_MODULE.exec(path)?.[1] ?? []);
  return { places, unplaced: commands.filter((command) => !placed.includes(command)) };
}

async function placesOf(code: string, map: SourceMap): Promise<readonly Place[]> {
  const sources = new Map<string, readonly string[]>();
  const places = new Map<string, Place>();
  let lineStart = 0;
  for (const [line, text] of code.split('\n').entries()) {
    for (const { index } of text.matchAll(TOKEN)) {
      const entry = map.findEntry(line, index);
      if (!('originalSource' in entry) || entry.generatedLine !== line || entry.generatedColumn !== index) continue;
      const { originalSource: source, originalLine, originalColumn } = entry;
      if (!OWN_SOURCE.test(source)) continue;
      const lines = sources.get(source) ?? (await readFile(join(ROOT, source), 'utf8')).split('\n');
      sources.set(source, lines);
      const request = requestAt(lines[originalLine] ?? '', originalColumn);
      const position = `${source}:${originalLine}:${originalColumn}`;
      if (request !== undefined) places.set(position, { name: `${source}: ${request}`, offset: lineStart + index });
    }
    lineStart += text.length + 1;
  }
  return [...places.values()];
}

function requestAt(line: string, column: number): string | undefined {
  for (const expression of REQUESTS) {
    expression.lastIndex = column;
    const [request, before = ''] = expression.exec(line) ?? [];
    if (request !== undefined) return `${before}${request}`;
  }
  return undefined;
}
