import type { Plugin } from "rollup";

export function msalCore(): Plugin;
