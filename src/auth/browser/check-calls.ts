import { ConfigError } from "../../errors/index.js";
import type { SignInOptions, SignOutOptions } from "./session.js";

const modes: readonly unknown[] = ["redirect", "popup"];
const prompts: readonly unknown[] = ["select_account", "login", "consent", "create"];

/** @throws ConfigError when an option of `signIn` does not exist or is wrong */
export function checkSignIn(options: SignInOptions): void {
  check("signIn", options, {
    mode: (value) => modes.includes(value),
    prompt: (value) => prompts.includes(value),
    loginHint: (value) => typeof value === "string",
    signal: (value) => value instanceof AbortSignal,
  });
}

/** @throws ConfigError when an option of `signOut` does not exist or is wrong */
export function checkSignOut(options: SignOutOptions): void {
  check("signOut", options, { mode: (value) => modes.includes(value) });
}

function check(call: string, options: object, tests: Readonly<Record<string, (value: unknown) => boolean>>): void {
  const known = new Map(Object.entries(tests));
  for (const [name, value] of Object.entries(options)) {
    const test = known.get(name);
    if (test === undefined) {
      // A handler of React or the page passes the event that it handles.
      const hint = `There are ${[...known.keys()].join(", ")}. In a handler write () => session.${call}().`;
      throw new ConfigError("CONFIG.UNKNOWN", `The option ${name} of ${call} does not exist.`, { hint });
    }
    if (value !== undefined && !test(value)) {
      throw new ConfigError("CONFIG.INVALID", `The option ${name} of ${call} is wrong.`);
    }
  }
}
