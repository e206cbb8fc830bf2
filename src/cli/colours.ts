import type { CliIo } from "./io.js";

/** Puts a text in a colour, or leaves it as it is. */
export type Paint = (text: string) => string;

const codes = { bold: [1, 22], dim: [2, 22], green: [32, 39], cyan: [36, 39], yellow: [33, 39] } as const;

/** The colours for a terminal; texts stay plain elsewhere, and where the environment sets `NO_COLOR`. */
export function coloursFor({ isTerminal, env }: CliIo): Readonly<Record<keyof typeof codes, Paint>> {
  const coloured = isTerminal && (env["NO_COLOR"] ?? "") === "";
  const paint = ([on, off]: readonly [number, number]): Paint => {
    return (text) => (coloured ? `\u001b[${on}m${text}\u001b[${off}m` : text);
  };
  return {
    bold: paint(codes.bold),
    dim: paint(codes.dim),
    green: paint(codes.green),
    cyan: paint(codes.cyan),
    yellow: paint(codes.yellow),
  };
}

/** A line of what a server tells when it starts: a label, and what it stands for. */
export function labelled(label: string, text: string, { dim }: { readonly dim: Paint }): string {
  return `  ${dim(label.padEnd(9))} ${text}`;
}
