/** A runtime to try the package on; `missing` says why it cannot be used here. */
export interface Runtime {
  readonly name: string;
  readonly program: string;
  readonly version?: string;
  readonly missing?: string;
}

/** Installs what the lockfile of test/runtimes says, once; several processes may ask at a time. */
export declare function installRuntimes(): Promise<void>;

/** A file of an installed package. */
export declare function runtimeFile(file: string): string;

/** Every runtime, whether it can be used here or not. */
export declare function runtimes(): Runtime[];
