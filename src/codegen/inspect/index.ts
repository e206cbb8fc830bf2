export { mermaidText } from "./mermaid.js";
export { svgText } from "./svg.js";
export { typeText } from "./type-text.js";
