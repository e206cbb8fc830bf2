import type { Random } from "./random.js";

/** What an external id is made for. */
export interface IdContext {
  /** External id of the view. */
  readonly view: string;
  /** Of the instance among those of its view, from 0. */
  readonly index: number;
  /** The same for the same seed, view and index. */
  readonly random: Random;
}

/** Makes the external id of an instance; equal contexts have to give equal ids, and different ones different ids. */
export type ExternalIdFactory = (context: IdContext) => string;

/** How an external id is put together. */
export interface AffixOptions {
  /** @defaultValue the view's external id, in lower case; `false` for none */
  readonly prefix?: string | false;
  readonly suffix?: string;
  /** Between the parts. @defaultValue ":" */
  readonly separator?: string;
}

/** Most characters of an external id (contract 3.6). */
const longest = 255;

/** Puts a prefix and a suffix around what another factory makes, and keeps it within 255 characters. */
export function withAffixes(factory: ExternalIdFactory, options: AffixOptions = {}): ExternalIdFactory {
  const { prefix, suffix, separator = ":" } = options;
  return (context) => {
    const before = prefix === false ? [] : [prefix ?? context.view.toLowerCase()];
    const after = suffix === undefined ? [] : [suffix];
    const room =
      longest - [...before, ...after].join(separator).length - separator.length * (before.length + after.length);
    return [...before, factory(context).slice(0, Math.max(1, room)), ...after].join(separator);
  };
}

/** `turbine:1`, `turbine:2` and so on. The default. */
export const incrementalId: ExternalIdFactory = withAffixes(({ index }) => String(index + 1));

/** `turbine:0f8fad5b-d9cb-469f-a165-70867728950e`: looks as a UUID of version 4, and is the same for the same seed. */
export const uuidId: ExternalIdFactory = withAffixes(({ random, index }) => {
  const digits = (count: number) => Array.from({ length: count }, () => random.int(0, 15).toString(16)).join("");
  // The index keeps two of them apart, however many there are.
  const last = index.toString(16).padStart(8, "0").slice(-8);
  return `${digits(8)}-${digits(4)}-4${digits(3)}-${random.pick(["8", "9", "a", "b"])}${digits(3)}-${digits(4)}${last}`;
});
