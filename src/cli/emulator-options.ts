import type { LoadModel } from "../emulator/index.js";
import type { OidcCommandOptions } from "./oidc-options.js";

/** Options of `pygen emulator`. */
export interface EmulatorCommandOptions extends OidcCommandOptions {
  readonly port: number;
  readonly host: string;
  readonly project?: string;
  /** Model files to load, in this order. */
  readonly load?: readonly string[];
  /** The folder that keeps the projects. */
  readonly data?: string;
  readonly latency?: readonly [number, number];
  readonly chaos?: number;
  readonly rateLimit?: number;
  readonly retryAfter?: boolean;
  readonly readOnly?: boolean;
  readonly json?: boolean;
}

/** A model file that was loaded. */
export interface LoadedFile {
  readonly file: string;
  readonly model: LoadModel;
}
