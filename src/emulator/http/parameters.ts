import { badRequest } from "../engine/fault.js";

/** Parameters that may come more than once. */
const LISTS: ReadonlySet<string> = new Set(["usedFor"]);

/** The query parameters of a call, by name; only some may come more than once. */
export function queryParameters(url: URL): Readonly<Record<string, unknown>> {
  const names = new Set(url.searchParams.keys());
  return Object.fromEntries(
    [...names].map((name) => {
      const values = url.searchParams.getAll(name);
      if (LISTS.has(name)) return [name, values];
      if (values.length > 1) throw badRequest(`Parameter '${name}' is given more than once.`);
      return [name, values[0]];
    }),
  );
}
