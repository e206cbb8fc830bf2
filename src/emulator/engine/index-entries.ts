import type { JsonValue } from "../../models/index.js";
import type { SortedList } from "./sorted-list.js";
import type { StoredInstance } from "./stored-instance.js";

/** What an index orders by: the value of its one column, or a list of those of all its columns; null where there is none. */
export type IndexKey = JsonValue;

/** The entries of an index. */
export type IndexEntries = SortedList<IndexKey, StoredInstance>;
