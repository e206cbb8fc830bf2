import type { IrProperty } from "../../ir/index.js";

/** The type of a property in a few words: `float64[]`, `direct Farm`, `edges Metmast`. */
export function typeText(property: IrProperty): string {
  const target = "target" in property && property.target ? ` ${property.target.externalId}` : "";
  switch (property.kind) {
    case "scalar":
      return `${property.type}${property.list ? "[]" : ""}`;
    case "direct":
      return `direct${property.list ? "[]" : ""}${target}`;
    case "reverse":
      return `reverse${property.single ? "" : "[]"}${target}`;
    case "edge":
      return `edge${property.single ? "" : "[]"}${target}`;
  }
}
