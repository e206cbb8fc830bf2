import { createTwoFilesPatch } from "diff";
import type { FileChange } from "../output/index.js";

const absent = "/dev/null";

/** What differs, as a unified diff from what is there to what is generated. */
export function differenceText(folder: string, changes: readonly FileChange[]): string {
  return changes
    .map(({ path, before, after }) => {
      const name = `${folder}/${path}`;
      const [from, to] = [before === undefined ? absent : `a/${name}`, after === undefined ? absent : `b/${name}`];
      return createTwoFilesPatch(from, to, before ?? "", after ?? "", undefined, undefined, { context: 3 }).replace(
        /^=+\n/,
        "",
      );
    })
    .join("");
}
