import type { TypeMap } from "../../target.js";

const imported = (name: string) => ({ name, from: "_runtime" });

/** What values are in Python. Enums are literal types of their values, or any text. */
export const pythonTypes: TypeMap = {
  text: { name: "str" },
  boolean: { name: "bool" },
  int32: { name: "int" },
  int64: { name: "int" },
  float32: { name: "float" },
  float64: { name: "float" },
  timestamp: imported("Timestamp"),
  date: imported("Date"),
  json: imported("JsonObject"),
  timeseries: { name: "str" },
  file: { name: "str" },
  sequence: { name: "str" },
  enum: { name: "str" },
};
