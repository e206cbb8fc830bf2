import { type WarningSink, warnOnce } from "../deprecation.js";
import { writeFolder } from "./write-folder.js";

/** Options of v1's `write_sdk_to_disk`. */
export interface WriteSdkOptions {
  /** Whether files that pygen wrote there may be replaced. Files of others never are. @defaultValue false */
  readonly overwrite?: boolean;
  /** Where the deprecated call is told of. @defaultValue console */
  readonly logger?: WarningSink;
}

/**
 * v1's `write_sdk_to_disk`: writes files of an SDK to a folder, in UTF-8. Files that pygen wrote there before and that are not
 * among these are removed; all others stay (G7).
 *
 * @throws ConfigError `CONFIG.OUTPUT` where it cannot, or where files are there that may not be replaced
 * @deprecated `pygen generate`, or a few lines over `generate()` of `pygen/codegen`
 */
export async function writeSdkToDisk(
  sdk: ReadonlyMap<string, string>,
  outputDir: string,
  { overwrite = false, logger = console }: WriteSdkOptions = {},
): Promise<void> {
  warnOnce(logger, "writeSdkToDisk()", "pygen generate on the command line");
  await writeFolder(sdk, outputDir, overwrite);
}
