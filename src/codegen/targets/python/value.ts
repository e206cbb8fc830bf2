import { isRecord } from "../../../models/index.js";
import { dict, group, type Python } from "./code.js";
import { pythonText } from "./literal.js";

/** A value of JSON as Python. */
export function pythonValue(value: unknown): Python {
  if (typeof value === "string") return pythonText(value);
  if (Array.isArray(value)) return group("[", value.map(pythonValue));
  if (isRecord(value)) {
    return dict(
      Object.entries(value).flatMap(([key, member]) => (member === undefined ? [] : [[key, pythonValue(member)]])),
    );
  }
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  return String(value);
}
