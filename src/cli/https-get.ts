import { request } from "node:https";

/** Makes a `fetch` for plain reading that trusts these certificates (PEM) beside those it knows. */
export function httpsGet(ca: string): (request: Request) => Promise<Response> {
  return ({ url, headers, signal }) =>
    new Promise((resolve, reject) => {
      const call = request(url, { ca, signal, headers: Object.fromEntries(headers) }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", reject);
        answer.on("end", () => resolve(new Response(Buffer.concat(chunks), { status: answer.statusCode ?? 502 })));
      });
      call.on("error", reject);
      call.end();
    });
}
