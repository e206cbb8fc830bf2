import { fileURLToPath } from "node:url";
import { defineConfig, type TestProjectConfiguration, type ViteUserConfigFnObject } from "vitest/config";
import { kyCore } from "./test/tools/ky-core.mjs";

const file = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/**
 * What `vitest run --mode NAME` takes in place of the everyday tests. Limits of time are there to end what hangs: a busy
 * machine must not reach them.
 */
const suites: Record<string, { include?: string[]; testTimeout: number }> = {
  types: { include: [], testTimeout: 0 },
  models: { include: ["test/models/**/*.test.ts"], testTimeout: 300_000 },
  long: { include: ["test/long/**/*.test.ts"], testTimeout: 1_200_000 },
};

/** Tests whose modules are loaded anew for each file: they replace modules, or keep a provider of their own in one. */
const apart = ["test/auth/**/*.test.ts"];
const elsewhere = ["test/models/**", "test/long/**", "test/bench/**", "**/node_modules/**"];

/** The everyday tests, in two projects: all others share what is loaded, which halves the time of the whole. */
const everyday: TestProjectConfiguration[] = [
  {
    extends: true,
    test: { name: "together", isolate: false, include: ["test/**/*.test.ts"], exclude: [...apart, ...elsewhere] },
  },
  { extends: true, test: { name: "apart", include: apart } },
];

const config: ViteUserConfigFnObject = defineConfig(({ mode }) => {
  const suite = suites[mode] ?? { testTimeout: 180_000 };
  return {
    plugins: [kyCore()],
    resolve: {
      alias: [
        { find: /^pygen$/, replacement: file("./src/index.ts") },
        { find: /^pygen\/auth\/(browser|node|redirect)$/, replacement: file("./src/auth/$1/index.ts") },
        { find: /^pygen\/(cognite-sdk|node|react|tracing)$/, replacement: file("./src/doors/$1/index.ts") },
        { find: /^pygen\/codegen$/, replacement: file("./src/codegen/index.ts") },
        { find: /^pygen\/legacy$/, replacement: file("./legacy/index.ts") },
        { find: /^pygen\/emulator$/, replacement: file("./src/emulator/index.ts") },
        { find: /^pygen\/emulator\/node$/, replacement: file("./src/emulator/node.ts") },
      ],
    },
    test: {
      ...suite,
      hookTimeout: suite.testTimeout,
      expect: { poll: { timeout: 60_000 } },
      setupFiles: [file("./test/tools/seed-properties.ts")],
      environment: "node",
      // Plugins see only what is inlined.
      server: { deps: { inline: ["ky"] } },
      // Vitest would leave one processor idle, which is half of a small machine.
      ...(mode === "test" && { projects: everyday, maxWorkers: "100%" }),
      // The demo builds the package that others look at, and what is measured has the machine for itself.
      ...(mode === "long" && { maxWorkers: 1 }),
      typecheck: {
        enabled: mode === "types",
        only: true,
        include: ["test/**/*.test-d.ts"],
        tsconfig: file("./test/tsconfig.types.json"),
        // `npm run types` reports errors outside the type tests.
        ignoreSourceErrors: true,
      },
      coverage: {
        provider: "v8",
        include: ["src/**/*.ts", "legacy/**/*.ts"],
        reporter: ["text-summary", "json-summary"],
        reportsDirectory: file("./coverage"),
        thresholds: { lines: 90, branches: 90, functions: 90, statements: 90 },
      },
    },
  };
});

export default config;
