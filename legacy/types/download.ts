import type { CallOptions } from "../../src/runtime/index.js";

/** What `content.download` takes besides the folder. */
export interface DownloadArgs extends CallOptions {
  /** Puts files into folders as their property `directory` says. @defaultValue false */
  readonly keepDirectoryStructure?: boolean;
  /** Numbers files of one name, `report(1).pdf`; else the last of them is what stays. @defaultValue false */
  readonly resolveDuplicateFileNames?: boolean;
  /** Most files; `-1` and `null` stand for all. @defaultValue 5 */
  readonly filesLimit?: number | null;
}
