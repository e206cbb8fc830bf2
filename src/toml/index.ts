export type { TomlTable, TomlValue } from "smol-toml";
export { tableIn } from "./table-in.js";
