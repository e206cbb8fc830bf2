import { InvalidArgumentError } from "commander";
import { type LogLevel, logLevels } from "../../client/index.js";
import type { ServeOptions } from "../../service/node/index.js";
import { usage } from "../cli-error.js";
import { coloursFor, labelled } from "../colours.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import type { CliIo } from "../io.js";
import { type OidcCommandOptions, oidcOptions } from "../oidc-options.js";
import { collect, type Program, portNumber, wholeNumber } from "../program.js";
import { readText } from "../source-files.js";

/** Options of `pygen serve`. */
export interface ServeCommandOptions extends Omit<OidcCommandOptions, "capabilities"> {
  readonly port: number;
  readonly host: string;
  readonly threads?: number;
  readonly memory?: number;
  readonly apiKeys?: string;
  readonly cors?: readonly string[];
  readonly allow?: readonly string[];
  readonly limit?: readonly string[];
  readonly proxies?: number;
  readonly drain?: number;
  readonly logLevel: LogLevel;
  readonly trace?: boolean;
  readonly json?: boolean;
}

/** `pygen serve`: serves generation until the process is asked to stop. */
export async function serveCommand(io: CliIo, options: ServeCommandOptions): Promise<ExitCode> {
  const { port, host, threads, memory, cors, allow, proxies, drain, logLevel } = options;
  const { jsonLogger, serve } = await import("../../service/node/index.js");
  const stopped = io.stopped();
  const apiKeys = await apiKeysOf(options, io);
  const { oidc } = await oidcOptions(options, io);
  const redisUrl = io.env["REDIS_URL"] || undefined;
  const server = await serve({
    port,
    host,
    threads,
    memory,
    apiKeys,
    oidc,
    cors,
    baseUrls: allow,
    limits: limitsOf(options.limit ?? []),
    proxies,
    drain,
    redisUrl,
    logger: jsonLogger(logLevel, { write: io.stderr }),
    ...(options.trace ? await tracingOptions() : {}),
  });
  try {
    io.stdout(
      options.json ? `${JSON.stringify({ url: server.url })}\n` : lines(server.url, { apiKeys, oidc, redisUrl }, io),
    );
    await stopped;
  } finally {
    await server.close();
  }
  return exitCodes.ok;
}

async function tracingOptions(): Promise<Pick<ServeOptions, "hooks" | "around">> {
  const { traced, tracing } = await import("../../doors/tracing/index.js");
  return { hooks: await tracing(), around: await traced() };
}

function lines(url: string, { apiKeys, oidc, redisUrl }: ServeOptions, io: CliIo): string {
  const colours = coloursFor(io);
  const { bold, dim, green, cyan, yellow } = colours;
  const row = (label: string, text: string): string => labelled(label, text, colours);
  const who = [
    ...(apiKeys ? [`the holders of ${Object.keys(apiKeys).length} API keys`] : []),
    ...(oidc ? [`the holders of tokens of ${oidc.issuer}`] : []),
  ];
  return [
    `${green("●")} ${bold("Service ready")} at ${cyan(url)}`,
    row("For", who.length === 0 ? yellow("everybody who can reach it") : who.join(" and ")),
    row("Kept", redisUrl === undefined ? "in memory" : "in Redis"),
    row("Metrics", cyan(`${url}/metrics`)),
    dim("  Ctrl+C stops it."),
    "",
  ].join("\n");
}

/** Keys of a file, else of the environment: a line, or an entry between commas, is `name:key`. */
async function apiKeysOf(
  { apiKeys }: ServeCommandOptions,
  io: CliIo,
): Promise<Readonly<Record<string, string>> | undefined> {
  const given = apiKeys === undefined ? io.env["PYGEN_API_KEYS"] : await readText(apiKeys, io.cwd, "file of API keys");
  if (given === undefined) return undefined;
  const entries = given
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  const wrong = entries.findIndex((line) => !/^[^:\s]+:\S+$/.test(line));
  if (wrong >= 0 || entries.length === 0) {
    // A line is not shown: it may be a key.
    throw usage(
      `entry ${wrong + 1} of the API keys is not of the form name:key`,
      "Write for example ci:<random text>.",
    );
  }
  return Object.fromEntries(
    entries.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)]),
  );
}

function limitsOf(given: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    given.map((each) => {
      const [, name, value] = /^(\w+)=(\d+)$/.exec(each) ?? [];
      if (name === undefined)
        throw usage(`--limit ${each} is not of the form name=number`, "Write for example --limit perMinute=60.");
      return [name, Number(value)];
    }),
  );
}

/** Adds `pygen serve` to the program. */
export function addServe({ commander, action }: Program): void {
  commander
    .command("serve")
    .description("serve generation over HTTP, for those who have no toolchain for it")
    .option("-p, --port <number>", "port to listen on; 0 takes a free one", portNumber, 8080)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--threads <number>", "threads that generate (default: one less than there are processors)", wholeNumber)
    .option("--memory <MB>", "memory that each of them may use (default: 1024)", wholeNumber)
    .option("--api-keys <file>", "file with name:key lines, whose holders may ask (default: PYGEN_API_KEYS)")
    .option("--oidc-issuer <url>", "holders of tokens of this issuer may ask")
    .option("--audience <name>", "whom the issuer's tokens must be for; may be repeated", collect)
    .option("--oidc-ca <file>", "certificates to trust when asking the issuer for its keys (PEM)")
    .option("--cors <origin>", "origin whose pages may ask, or *; may be repeated", collect)
    .option(
      "--allow <address>",
      "service besides cognitedata.com that models may be fetched from; may be repeated",
      collect,
    )
    .option(
      "--limit <name=number>",
      "bodyBytes, bodyMilliseconds, depth, views, milliseconds, fetchMilliseconds, sendMilliseconds, concurrent or perMinute; may be repeated",
      collect,
    )
    .option("--proxies <number>", "proxies in front, whose X-Forwarded-For is believed (default: 0)", wholeNumber)
    .option("--drain <ms>", "go on for so long once it is to stop, not being ready (default: 0)", wholeNumber)
    .option("--log-level <level>", "debug, info, warn, error or silent; lines of JSON go to stderr", level, "info")
    .option("--trace", "make OpenTelemetry spans; a provider is to be registered by node --import")
    .option("--json", "print {url} as the first line when ready")
    .addHelpText(
      "after",
      `
With REDIS_URL set, replicas share what they generated, and count requests together.

Examples:
  pygen serve --port 8080
  PYGEN_API_KEYS=ci:0123456789abcdef0123456789abcdef pygen serve --host 0.0.0.0
  curl --json "{\\"model\\":{\\"document\\":$(cat model.json)}}" http://127.0.0.1:8080/validate`,
    )
    .action(action(serveCommand));
}

function level(text: string): LogLevel {
  const found = logLevels.find((each) => each === text);
  if (found) return found;
  throw new InvalidArgumentError(`It is not one of ${logLevels.join(", ")}.`);
}
