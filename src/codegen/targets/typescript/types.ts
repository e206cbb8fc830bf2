import type { TypeMap } from "../../target.js";
import type { TypescriptStyle } from "./style.js";

/** What values are in TypeScript. Enums are unions of their values. */
export function typescriptTypes({ int64, timestamps, runtimeImport }: TypescriptStyle): TypeMap {
  const imported = (name: string) => ({ name, from: runtimeImport });
  return {
    text: { name: "string" },
    boolean: { name: "boolean" },
    int32: { name: "number" },
    int64: { name: int64 },
    float32: { name: "number" },
    float64: { name: "number" },
    timestamp: timestamps === "string" ? imported("TimestampString") : { name: "Date" },
    date: imported("DateString"),
    json: imported("JsonObject"),
    timeseries: imported("TimeSeriesReference"),
    file: imported("FileReference"),
    sequence: imported("SequenceReference"),
    enum: { name: "string" },
  };
}
