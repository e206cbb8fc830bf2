/** An object of JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A text as data. It is read, never run. */
export function objectIn(text: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`This is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isObject(value)) throw new Error("A JSON object is expected.");
  return value;
}

/** A text as lists of objects by name. */
export function listsIn(text: string): Readonly<Record<string, readonly JsonObject[]>> {
  return Object.fromEntries(
    Object.entries(objectIn(text)).map(([name, list]) => {
      if (Array.isArray(list) && list.every(isObject)) return [name, list];
      throw new Error(`${name} must be a list of objects.`);
    }),
  );
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
