import type { OnResolveArgs, OnResolveResult, Plugin, PluginBuild } from 'esbuild';

const NAMESPACE = 'left-out-module';
const REAL = 'real';

/** Modules of the SDK that no function needs on Lambda → what takes their place. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  // A function's credentials are in its environment, and stay the same as long as that does. The chain of the SDK would
  // also ask profiles, processes, single sign-on, containers and machines: 100 KB.
  '@aws-sdk/credential-provider-node': `export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';`,
  // DynamoDB has no operation with an event stream, but its protocol could read one.
  '@smithy/core/event-streams': `export class EventStreamSerde {
    constructor() { throw new Error('Event streams are left out of the bundles: see lib/bundle/left-out-modules.ts.'); }
  }`,
  // DynamoDB's client makes a cache of endpoints, into which none of its operations looks.
  '@aws-sdk/endpoint-cache': 'export class EndpointCache {}',
};

/**
 * Puts something small in the place of what the SDK would never use on Lambda. The build fails when the SDK comes without
 * one of these modules: it may then have the same under another name.
 */
export const leftOutModules: Plugin = {
  name: NAMESPACE,
  setup(build) {
    const found = new Set<string>();
    build.onResolve({ filter: new RegExp(`^(?:${Object.keys(LEFT_OUT).join('|')})$`) }, async (args) => {
      if (args.pluginData === REAL) return undefined;
      found.add(args.path);
      return substituteFor(build, args);
    });
    build.onLoad({ filter: /^/, namespace: NAMESPACE }, ({ path, pluginData }) => ({
      contents: LEFT_OUT[path] ?? '',
      resolveDir: String(pluginData),
    }));
    build.onEnd(({ metafile }) => {
      const usesSdk = Object.keys(metafile?.inputs ?? {}).some((path) =>
        path.includes('node_modules/@aws-sdk/client-'),
      );
      const missing = Object.keys(LEFT_OUT).filter((module) => usesSdk && !found.has(module));
      return { errors: missing.map((module) => ({ text: `The SDK does not import ${module} any more.` })) };
    });
  },
};

/** Resolves its own imports from where the real module is, which has to be there. */
async function substituteFor(
  build: PluginBuild,
  { path, kind, resolveDir, importer }: OnResolveArgs,
): Promise<OnResolveResult> {
  const real = await build.resolve(path, { kind, resolveDir, importer, pluginData: REAL });
  if (real.errors.length > 0) return { errors: real.errors };
  return { path, namespace: NAMESPACE, sideEffects: false, pluginData: real.path.replace(/[^/\\]*$/u, '') };
}
