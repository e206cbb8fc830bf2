/** What a provider's answer is made of, in a fragment or query. */
const parts = ["code", "state", "session_state", "client_info", "iss", "error", "error_description", "error_uri"];

/** Whether a query is the provider's answer to what MSAL asked: only MSAL's `state` looks like this. */
export function isAnswer(search: string): boolean {
  const query = new URLSearchParams(search);
  return (query.has("code") || query.has("error")) && isState(query.get("state") ?? "");
}

/** A query without the answer in it. */
export function withoutAnswer(search: string): string {
  const query = new URLSearchParams(search);
  for (const part of parts) query.delete(part);
  return query.size === 0 ? "" : `?${query}`;
}

function isState(state: string): boolean {
  try {
    const [library = ""] = state.split("|");
    const decoded: unknown = JSON.parse(atob(library.replaceAll("-", "+").replaceAll("_", "/")));
    return typeof decoded === "object" && decoded !== null && "id" in decoded && "meta" in decoded;
  } catch {
    return false;
  }
}
