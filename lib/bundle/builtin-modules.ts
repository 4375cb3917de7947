import type { Plugin } from 'esbuild';

const NAMESPACE = 'builtin-module';

/**
 * Takes Node's own modules from `process.getBuiltinModule`. An ES import reads all members of such a module, also those
 * behind which Node keeps a library until somebody asks: `node:http` takes 50 ms instead of 6, because of `WebSocket`.
 * Here a member is read when something imports it, and such a library is loaded when something uses it.
 */
export const builtinModules: Plugin = {
  name: NAMESPACE,
  setup(build) {
    build.onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: NAMESPACE, sideEffects: false }));
    build.onLoad({ filter: /^/, namespace: NAMESPACE }, ({ path }) => ({ contents: moduleOf(path) }));
  },
};

/** Stands for a function that is not read before something calls it, makes something of it, or looks into it. */
const LATER = `const later = (name) => new Proxy(function () {}, {
  apply: (_, self, parameters) => Reflect.apply(builtin[name], self, parameters),
  construct: (_, parameters) => Reflect.construct(builtin[name], parameters),
  get: (_, key) => Reflect.get(builtin[name], key),
});`;

/** Each member in a constant of its own, of which esbuild drops those that nothing uses: that is what pure tells it. */
function moduleOf(path: string): string {
  const builtin: object = process.getBuiltinModule(path) ?? {};
  const members = Object.entries(Object.getOwnPropertyDescriptors(builtin)).filter(([name, { enumerable }]) => {
    return enumerable === true && /^[a-z_]\w*$/iu.test(name) && name !== 'default';
  });
  const constants = members.map(([name, descriptor]) => {
    const how = descriptor.get !== undefined && typeof Reflect.get(builtin, name) === 'function' ? 'later' : 'read';
    return `const $${name} = /* @__PURE__ */ ${how}('${name}'); export { $${name} as ${name} };`;
  });
  return [
    `const builtin = /* @__PURE__ */ process.getBuiltinModule('${path}');`,
    'const read = (name) => builtin[name];',
    LATER,
    'export { builtin as default };',
    ...constants,
  ].join('\n');
}
