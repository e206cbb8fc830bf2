// The layers of src/: which folder may import which. `npm run layers` checks them.

/** For each folder of src/, the other folders it may import. */
const arrows = {
  errors: [],
  models: ["errors"],
  http: ["models", "errors"],
  auth: ["errors", "http"],
  resources: ["http", "models", "errors"],
  client: ["resources", "auth", "http", "models", "errors"],
  ir: ["models", "errors"],
  runtime: ["client", "ir", "models", "errors"],
  codegen: ["ir", "models", "errors"],
  output: ["codegen", "models", "errors"],
  toml: ["models", "errors"],
  oidc: ["models", "errors"],
  server: ["errors"],
  emulator: ["server", "oidc", "ir", "models", "errors"],
  mock: ["ir", "models", "errors"],
  service: ["output", "codegen", "server", "oidc", "client", "ir", "models", "errors"],
  doors: ["client", "http", "runtime", "ir", "models", "errors"],
};

/** The folders of src/ that the face of v1 stands on. */
const legacyUses = ["runtime", "output", "toml", "codegen", "client", "ir", "models", "errors"];

/** What is published: everything in src/ is there for one of these. */
const doors =
  "^src/(index|auth/(browser|node)/index|auth/redirect/(index|script)|codegen/index|emulator/index|emulator/node|mock/index|service/index|service/node/(index|worker)|doors/[^/]+/index|cli/main)\\.ts$";

/** Files that are doors although they are not the index.ts of a folder of src/. */
const extraDoors = [
  "^src/emulator/node\\.ts$",
  "^src/ir/dml/index\\.ts$",
  "^src/codegen/config/index\\.ts$",
  "^src/models/(requests|responses)/index\\.ts$",
  "^src/auth/(browser|node|redirect)/index\\.ts$",
  "^src/doors/[^/]+/index\\.ts$",
  "^src/service/node/index\\.ts$",
];

/** The only places that may use Node's own modules. */
const nodeOnly = [
  "^src/cli/",
  "^src/emulator/node(\\.ts$|/)",
  "^src/auth/node/",
  "^src/doors/node/",
  "^src/server/",
  "^src/service/node",
];

/** For each library, the places that may import it. */
const libraries = {
  ky: ["^src/http/"],
  hono: ["^src/emulator/"],
  "@hono/node-server": ["^src/server/"],
  graphql: ["^src/emulator/(engine/graphql/|dml\\.ts$)", "^src/ir/dml/"],
  yaml: ["^src/codegen/(sources|config)/"],
  commander: ["^src/cli/"],
  diff: ["^src/cli/"],
  "smol-toml": ["^src/toml/"],
  undici: ["^src/doors/node/"],
  "@azure/msal-browser": ["^src/auth/(browser|redirect)/"],
  "@azure/msal-node": ["^src/auth/node/msal/"],
  oauth4webapi: ["^src/auth/node/oauth/"],
  jose: ["^src/oidc/"],
  fflate: ["^src/output/"],
  "modern-tar": ["^src/output/"],
  "lru-cache": ["^src/service/"],
  "@valibot/to-json-schema": ["^src/service/"],
  "@redis/client": ["^src/service/node/"],
  pino: ["^src/service/node/"],
  "prom-client": ["^src/service/node/"],
  "@opentelemetry/api": ["^src/doors/tracing/"],
  "@tanstack/react-query": ["^src/doors/react/"],
  "@cognite/sdk": [],
};

const folderRules = Object.entries(arrows).map(([folder, allowed]) => ({
  name: `layer-${folder}`,
  comment: `src/${folder}/ imports only: ${allowed.join(", ") || "nothing of ours"}`,
  severity: "error",
  from: { path: `^src/${folder}/` },
  to: { path: "^src/", pathNot: `^src/(${[folder, ...allowed].join("|")})/` },
}));

const libraryRules = Object.entries(libraries).map(([library, places]) => ({
  name: `library-${library}`,
  comment: `${library} stays behind our own types`,
  severity: "error",
  from: { path: "^src/", pathNot: places },
  to: { path: `(^|/)node_modules/${library}/` },
}));

export default {
  forbidden: [
    ...folderRules,
    ...libraryRules,
    {
      name: "layer-auth-http-types",
      comment: "auth takes only types from http",
      severity: "error",
      from: { path: "^src/auth/" },
      to: { path: "^src/http/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "main-door",
      comment: "the door `pygen` opens these folders and no others",
      severity: "error",
      from: { path: "^src/index\\.ts$" },
      to: { path: "^src/", pathNot: "^src/(errors|models|http|auth|resources|client|ir|runtime)/" },
    },
    {
      name: "main-door-reach",
      comment: "nothing reachable from `pygen` is made for Node, the generator or the emulator",
      severity: "error",
      from: { path: "^src/index\\.ts$" },
      to: { path: [...nodeOnly, "^src/(codegen|output|toml|emulator|mock|service|doors|cli)/"], reachable: true },
    },
    {
      name: "node-only-places",
      comment: "only the command line and the doors made for Node use Node's own modules",
      severity: "error",
      from: { path: "^src/", pathNot: nodeOnly },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "through-the-door",
      comment: "another folder is imported through its index.ts",
      severity: "error",
      from: { path: "^src/([^/]+)/" },
      to: { path: "^src/[^/]+/", pathNot: ["^src/$1/", "^src/[^/]+/index\\.ts$", ...extraDoors] },
    },
    {
      name: "doors-only-in-main",
      comment: "src/index.ts imports folders through their index.ts",
      severity: "error",
      from: { path: "^src/index\\.ts$" },
      to: { path: "^src/[^/]+/", pathNot: "^src/[^/]+/index\\.ts$" },
    },
    {
      name: "nothing-imports-the-command-line",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/cli/" },
      to: { path: "^src/cli/" },
    },
    {
      name: "source-stands-alone",
      comment: "src/ imports nothing of the tests, examples or legacy",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^(test|e2e|examples|legacy)/" },
    },
    {
      name: "examples-use-the-doors",
      comment: "examples import the package as its users do",
      severity: "error",
      from: { path: "^examples/" },
      to: { path: "^src/", pathNot: ["^src/index\\.ts$", "^src/(codegen|emulator)/index\\.ts$", ...extraDoors] },
    },
    {
      name: "no-circular",
      comment: "generated interfaces name each other, as types only",
      severity: "error",
      from: { pathNot: "^examples/[^/]+/sdk/" },
      to: { circular: true },
    },
    {
      name: "no-dead-files",
      comment: "a file that no door reaches is dead",
      severity: "error",
      from: { path: doors },
      to: { path: "^src/", pathNot: doors, reachable: false },
    },
    {
      name: "no-dead-files-of-legacy",
      severity: "error",
      from: { path: "^legacy/index\\.ts$" },
      to: { path: "^legacy/", pathNot: "^legacy/index\\.ts$", reachable: false },
    },
    {
      name: "legacy-uses-the-house",
      comment: "the face of v1 stands on these folders, through their index.ts",
      severity: "error",
      from: { path: "^legacy/" },
      to: { path: "^src/", pathNot: `^src/(${legacyUses.join("|")})/index\\.ts$` },
    },
    {
      name: "legacy-is-one-door",
      comment: "its users and tests come through its index.ts",
      severity: "error",
      from: { pathNot: "^(legacy|test/legacy)/" },
      to: { path: "^legacy/", pathNot: "^legacy/index\\.ts$" },
    },
    {
      name: "legacy-runs-everywhere",
      comment: "the face of v1 imports no modules of Node and no libraries",
      severity: "error",
      from: { path: "^legacy/" },
      to: { dependencyTypes: ["core", "npm-dev"] },
    },
    { name: "resolvable", severity: "error", from: { path: "^(src|legacy|test|e2e)/" }, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|coverage)/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
