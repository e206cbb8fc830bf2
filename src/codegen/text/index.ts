export { aboutProperty, aboutView } from "./about.js";
export { docComment, oneLine, wrap } from "./comment.js";
export { nameList } from "./import-list.js";
export { expression, members, propertyKey, stringLiteral } from "./literal.js";
export { literalUnion } from "./union.js";
