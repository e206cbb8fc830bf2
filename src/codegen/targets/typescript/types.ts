import type { TypeMap } from "../../target.js";

const imported = (name: string) => ({ name, from: "runtime" });

/** What values are in TypeScript. Enums are unions of their values. */
export function typescriptTypes(int64: "number" | "bigint"): TypeMap {
  return {
    text: { name: "string" },
    boolean: { name: "boolean" },
    int32: { name: "number" },
    int64: { name: int64 },
    float32: { name: "number" },
    float64: { name: "number" },
    timestamp: { name: "Date" },
    date: imported("DateString"),
    json: imported("JsonObject"),
    timeseries: imported("TimeSeriesReference"),
    file: imported("FileReference"),
    sequence: imported("SequenceReference"),
    enum: { name: "string" },
  };
}
