import { ConfigError } from "../errors/index.js";

type Builtin = NodeJS.Process["getBuiltinModule"];

/**
 * A module of Node, asked of the process when it is needed: an `import` would keep all that can use files too, such as
 * `pygen/legacy`, out of browsers.
 *
 * @throws ConfigError `CONFIG.RUNTIME` where there are none
 */
export const builtin: Builtin = ((id: string) => {
  const { process } = globalThis as { readonly process?: { readonly getBuiltinModule?: (id: string) => unknown } };
  if (process?.getBuiltinModule) return process.getBuiltinModule(id);
  throw new ConfigError("CONFIG.RUNTIME", "Files can be read and written in Node alone.", {
    hint: "Elsewhere, give the call what the file says, or take the texts that it would write.",
  });
}) as Builtin;
