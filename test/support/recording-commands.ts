import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { FunctionName } from '#lib/rights.ts';
import { OBJECT_OPERATIONS } from '#test/support/recording-calls.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A command of the SDK has a module of its own, which a bundle holds only if something in the bundle uses it. */
const COMMAND_MODULE = /\/@aws-sdk\/client-[^/]+\/.*\/commands\/(\w+)Command\.js$/u;

/** S3 is asked without the SDK's commands, by methods of HTTP that these sources name. */
const S3_SOURCE = /^storage\/s3\/.*\.ts$/u;
const METHOD = /'(GET|PUT|POST|DELETE|HEAD)'/gu;

/** The operations of AWS that the bundle of a function has the commands for, as the SDK names them. */
export async function operationsIn(name: FunctionName): Promise<readonly string[]> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [`functions/${name}/index.ts`],
    outdir: 'unwritten',
    write: false,
    metafile: true,
    bundle: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    splitting: true,
    logLevel: 'silent',
  });
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  const used = inputs.flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : []));
  const commands = used.flatMap((path) => COMMAND_MODULE.exec(path)?.[1] ?? []);
  const s3Operations = await Promise.all(used.filter((path) => S3_SOURCE.test(path)).map(s3OperationsIn));
  return [...new Set([...commands, ...s3Operations.flat()])].toSorted();
}

async function s3OperationsIn(path: string): Promise<readonly string[]> {
  const source = await readFile(join(ROOT, path), 'utf8');
  return [...source.matchAll(METHOD)].map(([, method = '']) => OBJECT_OPERATIONS[method] ?? method);
}
