import type { SearchOperator } from "../../models/index.js";
import type { CallOptions } from "./call.js";
import type { ElementOf, StringKindOf } from "./markers.js";
import type { NameOf, SortableName } from "./names.js";
import type { Said } from "./said.js";
import type { Scope } from "./scope.js";
import type { SortableFact } from "./sort.js";
import type { TargetUnits } from "./target-units.js";
import type { Where } from "./where.js";
import type { ViewName, Wrong } from "./wrong.js";

/** Whether a property holds text, or a list of texts: what searches look in. */
type IsText<P> = [ElementOf<P>] extends [string]
  ? "enum" extends StringKindOf<ElementOf<P>>
    ? false
    : "text" extends StringKindOf<ElementOf<P>>
      ? true
      : false
  : false;

/** Names of the properties that one can search in. */
type TextName<T> = { [K in NameOf<T>]: IsText<T[K]> extends true ? K : never }[NameOf<T>];

/** Repeats names of properties to search in, with a message in the place of each that holds no text. */
export type GuardTexts<T, Names extends readonly string[]> = {
  readonly [I in keyof Names]: Names[I] extends NameOf<T>
    ? IsText<T[Names[I]]> extends true
      ? Names[I]
      : Wrong<`'${Names[I]}' of ${ViewName<T>} holds no text to search in`>
    : Wrong<`'${Names[I]}' is not a property of ${ViewName<T>}`>;
};

/** Which texts to look in, and how. */
export interface WordArgs<T, Names extends readonly string[]> {
  /** Text properties to look in. @defaultValue all of them */
  readonly properties?: Said<Names, readonly TextName<T>[], GuardTexts<T, Names>>;
  /** Whether one of the words is enough, or all must be found. @defaultValue "OR" */
  readonly operator?: SearchOperator;
}

/** One key of the order of a search; nulls come last (contract 9.3). */
export type SearchSortKeyOf<T> = { readonly [K in SortableName<T> | SortableFact]?: "asc" | "desc" };

/** What a search takes besides the words and `select`. */
export interface SearchArgs<T, C extends Scope, Names extends readonly string[]>
  extends WordArgs<T, Names>,
    CallOptions {
  readonly targetUnits?: TargetUnits<T>;
  readonly where?: Where<T, C> & { readonly $overlaps?: never };
  /** @defaultValue by relevance */
  readonly sort?: readonly SearchSortKeyOf<T>[];
  /** Most rows, 1 to 1,000. @defaultValue 1000 */
  readonly limit?: number;
}

/** What was found. */
export interface Found<Row> {
  readonly items: readonly Row[];
  /** As many came as were asked for: there may be more, which only a narrower search can find. */
  readonly truncated: boolean;
}
