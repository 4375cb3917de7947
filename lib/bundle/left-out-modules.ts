import { dirname } from 'node:path';
import type { Plugin } from 'esbuild';

/** Files of the SDK that no function needs on Lambda → what takes their place. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  // A function's credentials are in its environment, and stay the same as long as that does. The chain of the SDK would
  // also ask profiles, processes, single sign-on, containers and machines: 100 KB.
  '@aws-sdk/credential-provider-node/dist-es/index.js': `export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';`,
  // Nor are there files with profiles: every setting that the environment does not have would be looked for in them.
  '@smithy/core/dist-es/submodules/config/shared-ini-file-loader/loadSharedConfigFiles.js': `
    export { CONFIG_PREFIX_SEPARATOR } from './constants';
    export const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} });`,
  // DynamoDB has no operation with an event stream, but its protocol could read one; Lambda has one that nobody here uses.
  '@smithy/core/dist-es/submodules/event-streams/index.js': `export class EventStreamSerde {
    constructor() { throw new Error('Event streams are left out of the bundles: see lib/bundle/left-out-modules.ts.'); }
  }
  export const eventStreamSerdeProvider = () => undefined;
  export const resolveEventStreamSerdeConfig = (config) => config;`,
};

export const LEFT_OUT_FILES = Object.keys(LEFT_OUT);

const FILTER = new RegExp(
  `/node_modules/(?:${LEFT_OUT_FILES.join('|').replaceAll('.', '\\.')})$`.replaceAll('/', '[\\\\/]'),
);

/**
 * Puts something small in the place of what the SDK would never use on Lambda. The build fails when the SDK comes without
 * one of these files: it may then have the same elsewhere.
 */
export const leftOutModules: Plugin = {
  name: 'left-out-modules',
  setup(build) {
    const found = new Set<string>();
    build.onLoad({ filter: FILTER }, ({ path }) => {
      const file = path.replaceAll('\\', '/').replace(/^.*\/node_modules\//u, '');
      found.add(file);
      return { contents: LEFT_OUT[file] ?? '', resolveDir: dirname(path) };
    });
    build.onEnd(({ metafile }) => {
      const usesSdk = Object.keys(metafile?.inputs ?? {}).some((path) =>
        path.includes('node_modules/@aws-sdk/client-'),
      );
      const missing = LEFT_OUT_FILES.filter((file) => usesSdk && !found.has(file));
      return { errors: missing.map((file) => ({ text: `The SDK does not use ${file} any more.` })) };
    });
  },
};
