import { spawn } from "node:child_process";
import process from "node:process";
import { CredentialsError } from "../../errors/index.js";

/** The program that opens an address, and what comes before the address; no shell reads either. */
const programs: ReadonlyMap<string, readonly [program: string, ...before: string[]]> = new Map<
  string,
  readonly [string, ...string[]]
>([
  ["darwin", ["open"]],
  ["win32", ["rundll32", "url.dll,FileProtocolHandler"]],
]);

/** The program and its arguments that open an address on a platform. */
export function openerOf(platform: string, url: string): readonly [program: string, ...parameters: string[]] {
  const [program, ...before] = programs.get(platform) ?? ["xdg-open"];
  return [program, ...before, url];
}

/**
 * Opens an address in the browser of the system; resolves when the program that does so has ended.
 *
 * @throws CredentialsError `CREDENTIALS.FAILED` when there is none
 */
export async function openSystemBrowser(url: string, platform: string = process.platform): Promise<void> {
  const [program, ...parameters] = openerOf(platform, url);
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { detached: true, stdio: "ignore" });
    const fail = (cause?: unknown): void =>
      reject(
        new CredentialsError("CREDENTIALS.FAILED", `No browser could be opened with ${program}.`, {
          hint: "Use a code in its place: deviceCode, or pygen login without --browser. Or give openBrowser, which shows the address.",
          ...(cause === undefined ? {} : { cause }),
        }),
      );
    child.on("error", fail);
    child.on("exit", (code) => (code === 0 ? resolve() : fail()));
    child.unref();
  });
}
