import type { Plugin } from 'esbuild';

const NAMESPACE = 'builtin-module';

/**
 * Takes Node's own modules from `process.getBuiltinModule`. An ES import reads all members of such a module, also those
 * behind which Node keeps a library until somebody asks: `node:http` takes 50 ms instead of 6, because of `WebSocket`.
 * Here only what is used is read.
 */
export const builtinModules: Plugin = {
  name: NAMESPACE,
  setup(build) {
    build.onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: NAMESPACE, sideEffects: false }));
    build.onLoad({ filter: /^/, namespace: NAMESPACE }, ({ path }) => ({ contents: moduleOf(path) }));
  },
};

/** Each member in a constant of its own, of which esbuild drops those that nothing uses: that is what pure tells it. */
function moduleOf(path: string): string {
  const members = Object.keys(process.getBuiltinModule(path) ?? {}).filter((name) => /^[a-z_]\w*$/iu.test(name));
  const constants = members.map(
    (name) => `const $${name} = /* @__PURE__ */ read('${name}'); export { $${name} as ${name} };`,
  );
  return [
    `const builtin = /* @__PURE__ */ process.getBuiltinModule('${path}');`,
    'const read = (name) => builtin[name];',
    'export { builtin as default };',
    ...constants,
  ].join('\n');
}
