import type { LoadModel } from "../emulator/index.js";
import { coloursFor, labelled } from "./colours.js";
import type { EmulatorCommandOptions, LoadedFile } from "./emulator-options.js";
import type { CliIo } from "./io.js";

/** The project to use where any is served. */
const ANY_PROJECT = "emulator";

/** What `pygen emulator` prints once it serves: lines for people, or one of JSON. */
export function emulatorLines(
  url: string,
  options: EmulatorCommandOptions,
  loaded: readonly LoadedFile[],
  io: CliIo,
): string {
  return options.json ? `${JSON.stringify(facts(url, options))}\n` : lines(url, options, loaded, io);
}

function facts(url: string, { project, oidcIssuer, audience = [] }: EmulatorCommandOptions): object {
  return {
    url,
    project: project ?? ANY_PROJECT,
    ...(oidcIssuer === undefined ? { page: `${url}/_emulator` } : { issuer: oidcIssuer, audience }),
  };
}

function lines(url: string, options: EmulatorCommandOptions, loaded: readonly LoadedFile[], io: CliIo): string {
  const colours = coloursFor(io);
  const { bold, dim, green, cyan, yellow } = colours;
  const { project, oidcIssuer, audience = [] } = options;
  const row = (label: string, text: string): string => labelled(label, text, colours);
  const conditions = conditionsOf(options);
  return [
    `${green("●")} ${bold("Emulator ready")} at ${cyan(url)}`,
    row("Project", project ?? `${ANY_PROJECT} ${dim("(or any other)")}`),
    row(
      "Tokens",
      oidcIssuer === undefined
        ? "any bearer token is accepted"
        : `those of ${oidcIssuer} for ${audience.join(" or ")} are accepted`,
    ),
    ...(oidcIssuer === undefined ? [row("Page", cyan(`${url}/_emulator`))] : []),
    ...loaded.map(({ file, model }) => row("Loaded", `${file} ${dim(contentOf(model))}`)),
    row("Kept", options.data === undefined ? `in memory ${dim("(gone when it stops)")}` : `in ${options.data}`),
    ...(conditions.length > 0 ? [row("But", yellow(conditions.join(", ")))] : []),
    dim("  Ctrl+C stops it."),
    "",
  ].join("\n");
}

function conditionsOf({ latency, chaos, rateLimit, readOnly }: EmulatorCommandOptions): readonly string[] {
  const [least, most] = latency ?? [0, 0];
  return [
    ...(most > 0 ? [`calls take ${least === most ? most : `${least} to ${most}`} ms longer`] : []),
    ...(chaos ? [`${Math.round(chaos * 1000) / 10} % of them fail`] : []),
    ...(rateLimit === undefined ? [] : [`at most ${rateLimit} a second`]),
    ...(readOnly ? ["read only"] : []),
  ];
}

function contentOf({ spaces = [], containers = [], views = [], dataModels = [], instances }: LoadModel): string {
  const counts: readonly (readonly [number, string])[] = [
    [spaces.length, "space"],
    [containers.length, "container"],
    [views.length, "view"],
    [dataModels.length, "data model"],
    [(instances?.nodes?.length ?? 0) + (instances?.edges?.length ?? 0), "instance"],
  ];
  return counts
    .filter(([count]) => count > 0)
    .map(([count, name]) => `${count} ${name}${count === 1 ? "" : "s"}`)
    .join(", ");
}
