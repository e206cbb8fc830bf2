import * as v from "valibot";
import { ConfigError } from "../errors/index.js";

/** The file in an output folder that lists what pygen wrote there. */
export const manifestName = ".pygen-manifest.json";

const schema = v.object({ files: v.array(v.string()) });

/** The manifest of these files; no time in it, so that equal output has an equal manifest. */
export function manifestText(files: readonly string[]): string {
  return `${JSON.stringify({ generator: "pygen", files: [...new Set(files)].sort() }, null, 2)}\n`;
}

/** The files that a manifest lists. */
export function readManifest(text: string, folder: string): readonly string[] {
  try {
    return v.parse(schema, JSON.parse(text)).files;
  } catch {
    throw new ConfigError(
      "CONFIG.OUTPUT",
      `${manifestName} in ${folder} is damaged: which files are pygen's is not known`,
      { hint: "Remove the folder, or the manifest and all generated files, and generate again." },
    );
  }
}
