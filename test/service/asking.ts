import { direct, edges, file, text, view } from "../ir/models.js";

/** A small model with every kind of relation that a file can have. */
export const plant: object = file({
  Turbine: {
    properties: { name: text, farm: direct(view("Farm")), metmasts: edges(view("Farm")) },
  },
  Farm: { properties: { name: text } },
});

/** Something that answers requests. */
export interface Answering {
  fetch(request: Request): Promise<Response>;
}

/** Posts JSON, or a text as it is. */
export function post(
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
  more: RequestInit = {},
): Request {
  return new Request(`http://service${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
    ...more,
  });
}

/** The status and the code of a refusal. */
export async function refusalOf(answer: Response): Promise<readonly [number, string]> {
  const { code } = (await answer.json()) as { readonly code: string };
  return [answer.status, code];
}
