/** `name` and `description` where they are texts that say something. */
export function labelsOf(item: { readonly name?: unknown; readonly description?: unknown }): {
  readonly name?: string;
  readonly description?: string;
} {
  return {
    ...(isSaying(item.name) ? { name: item.name } : {}),
    ...(isSaying(item.description) ? { description: item.description } : {}),
  };
}

function isSaying(text: unknown): text is string {
  return typeof text === "string" && text.trim() !== "";
}
