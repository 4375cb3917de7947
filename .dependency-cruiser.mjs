/**
 * Which folder may import what; `docs/architecture.md` gives the reasons. For every rule there is a file in
 * `test/fixtures/boundaries` that breaks it, and `npm run boundaries` first makes sure that all of those are found.
 */
const NODE = '^(node:)?[a-z0-9_/]+$';
const AWS_SDK = '^node_modules/(@aws-sdk|@smithy)/';
const MIDDY = '^node_modules/@middy/';
const JOSE = '^node_modules/jose/';
const PARQUET = '^node_modules/hyparquet(-writer)?/';
const LAMBDA_TYPES = 'aws-lambda';
const CDK = '^node_modules/(aws-cdk-lib|constructs|cdk-nag)/';
const ESBUILD = '^node_modules/esbuild/';

/** What each folder may import besides itself. */
const IMPORTS = {
  xapi: ['^schemas/', '^crypto$'],
  // The compiled validators vouch for the types of what they let through.
  schemas: ['^xapi/statement/statement\\.ts$', '^access/admin-api\\.ts$'],
  access: ['^xapi/', '^crypto$'],
  storage: ['^xapi/', '^access/', AWS_SDK, NODE],
  tokens: ['^xapi/', '^access/', '^storage/[^/]+\\.ts$', JOSE, NODE],
  lake: ['^xapi/', '^access/', '^storage/[^/]+\\.ts$', PARQUET, NODE],
  http: ['^xapi/', '^access/', '^tokens/', '^schemas/', '^runtime/', '^storage/[^/]+\\.ts$', MIDDY, LAMBDA_TYPES, NODE],
  runtime: [AWS_SDK, NODE],
  functions: [
    '^xapi/',
    '^access/',
    '^schemas/',
    '^tokens/',
    '^lake/',
    '^storage/',
    '^http/',
    '^runtime/',
    '^docs/reference/openapi\\.json$',
    AWS_SDK,
    MIDDY,
    LAMBDA_TYPES,
    NODE,
  ],
  lib: [
    '^runtime/(environment|environment-names|metric-names|readers)\\.ts$',
    '^storage/dynamodb/tables\\.ts$',
    '^lake/(columns|queries)\\.ts$',
    CDK,
    ESBUILD,
    NODE,
  ],
  // Of the tools only what finds a Node for the launcher.
  cli: [
    '^access/',
    '^runtime/',
    '^xapi/',
    '^tools/(packaged-node|ensure-installed)\\.mjs$',
    '^node_modules/commander/',
    NODE,
  ],
  bin: ['^lib/', CDK, NODE],
  bench: [
    '^xapi/',
    '^access/',
    '^lib/',
    '^local/',
    '^lake/',
    '^functions/',
    '^storage/',
    '^http/',
    '^runtime/',
    AWS_SDK,
    LAMBDA_TYPES,
    '^node_modules/undici/',
    NODE,
  ],
  local: [
    '^functions/',
    '^lake/duckdb/',
    '^access/',
    '^runtime/',
    '^storage/',
    '^lib/routes\\.ts$',
    '^xapi/errors\\.ts$',
    AWS_SDK,
    LAMBDA_TYPES,
    NODE,
  ],
};

const folderRules = Object.entries(IMPORTS).map(([folder, allowed]) => ({
  name: `${folder}-imports`,
  severity: 'error',
  from: { path: `^${folder}/` },
  to: { pathNot: [`^${folder}/`, ...allowed], couldNotResolve: false },
}));

export default {
  forbidden: [
    ...folderRules,
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-missing-modules',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: LAMBDA_TYPES },
    },
    {
      name: 'ports-know-no-adapter',
      severity: 'error',
      from: { path: '^storage/[^/]+\\.ts$' },
      to: { path: ['^storage/[^/]+/', AWS_SDK] },
    },
    {
      name: 'functions-know-no-other-function',
      severity: 'error',
      from: { path: '^functions/([^/]+)/' },
      to: { path: '^functions/[^/]+/', pathNot: '^functions/$1/' },
    },
    {
      name: 'only-composition-roots-build-clients',
      severity: 'error',
      from: { path: '^functions/[^/]+/', pathNot: '/index\\.ts$' },
      to: { path: ['^storage/[^/]+/', '^runtime/clients\\.ts$', '^functions/[^/]+\\.ts$', AWS_SDK] },
    },
    {
      name: 'functions-bundle-no-server',
      severity: 'error',
      // All that a function asks of others over HTTP goes through one file.
      from: {
        path: '^(xapi|access|tokens|lake|schemas|storage|http|runtime|functions)/',
        pathNot: '^storage/aws/http-connections\\.ts$',
      },
      to: { path: '^(node:)?(http|https|http2|net|child_process|cluster|worker_threads|sqlite)$' },
    },
    {
      name: 'nothing-depends-on-tests-and-tools',
      severity: 'error',
      from: { pathNot: '^(test|tools)/|^cli/lrs\\.mjs$|\\.config\\.ts$' },
      to: { path: '^(test|tools)/' },
    },
  ],
  options: {
    // TypeScript 7 has no API to parse with: without another parser no TypeScript file would be seen.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^test/fixtures/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node'] },
  },
};
