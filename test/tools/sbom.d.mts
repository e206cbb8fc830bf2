import type { Plugin } from "rollup";

/** What is read of a `package.json`. */
export interface PackageManifest {
  readonly name: string;
  readonly version: string;
}

export function billOf(own: PackageManifest, folders: Iterable<string>): string;
export function sbom(root: string, target: string): { readonly collect: Plugin; readonly write: Plugin };
