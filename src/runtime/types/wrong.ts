import type { ViewIdOf } from "./markers.js";

declare const WRONG: unique symbol;

/** Stands where a selection has a key that it should not have, and says what is wrong with it. */
export interface Wrong<Message extends string> {
  readonly [WRONG]: Message;
}

/** What messages call a view. */
export type ViewName<T> = [ViewIdOf<T>] extends [`${string}/${infer Name}@${string}`] ? Name : "an unknown view";
