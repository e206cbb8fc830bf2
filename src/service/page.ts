import { VERSION } from "../models/index.js";

const script = `
const form = document.querySelector("form");
const out = document.querySelector("output");
const files = document.querySelector("#files");
const bodyOf = (data, format) => {
  const model = { files: [{ path: data.get("path"), text: data.get("model") }] };
  const dataModel = data.get("dataModel") || undefined;
  return JSON.stringify({ model, dataModel, config: { language: data.get("language") }, ...(format && { format }) });
};
const save = (blob) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = "sdk.zip";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};
const show = ([path, text]) => {
  const [file, name, content] = ["details", "summary", "pre"].map((each) => document.createElement(each));
  name.textContent = path;
  content.textContent = text;
  file.append(name, content);
  return file;
};
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const [call, format] = event.submitter.value.split(" ");
  const data = new FormData(form);
  const headers = { "content-type": "application/json" };
  if (data.get("key")) headers["x-api-key"] = data.get("key");
  if (data.get("token")) headers.authorization = "Bearer " + data.get("token").trim();
  out.textContent = "…";
  files.replaceChildren();
  try {
    const answer = await fetch(call, { method: "POST", headers, body: bodyOf(data, format) });
    if (answer.ok && format) out.textContent = answer.headers.get("x-pygen-warnings") + " warnings";
    if (answer.ok && format === "zip") save(await answer.blob());
    else if (answer.ok && format === "json") files.replaceChildren(...Object.entries((await answer.json()).files).map(show));
    else out.textContent = JSON.stringify(await answer.json(), null, 2);
  } catch (error) {
    out.textContent = String(error);
  }
});
`;

const style = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark; }
label { display: block; margin: 0.8rem 0 0.2rem; }
textarea { width: 100%; height: 16rem; font: 14px/1.4 ui-monospace, monospace; box-sizing: border-box; }
output, pre { display: block; white-space: pre-wrap; font: 14px/1.4 ui-monospace, monospace; margin: 1rem 0; }
button, input, select { font: inherit; padding: 0.2rem 0.6rem; }
`;

const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Pygen</title>
<style>${style}</style>
<h1>Pygen ${VERSION}</h1>
<p>A data model in, a typed SDK out. See <a href="openapi.json">openapi.json</a> for how programs ask.</p>
<form>
<label for="model">Model: JSON, YAML or GraphQL</label>
<textarea id="model" name="model" required spellcheck="false"></textarea>
<label for="path">Name of the file, whose ending says how it is read</label>
<input id="path" name="path" value="model.json" required>
<label for="dataModel">Data model, as space/externalId@version: which of several, or of GraphQL its id</label>
<input id="dataModel" name="dataModel">
<label for="language">Language</label>
<select id="language" name="language"><option>typescript<option>python</select>
<label for="key">API key, where one is needed</label>
<input id="key" name="key" type="password" autocomplete="off">
<label for="token">Token for this service, where one is needed; it is sent to it, and kept nowhere</label>
<input id="token" name="token" type="password" autocomplete="off">
<p><button value="validate">Validate</button> <button value="generate json">Generate</button> <button value="generate zip">Download zip</button></p>
</form>
<output for="model" aria-live="polite"></output>
<section id="files" aria-label="Files"></section>
<script type="module">${script}</script>
</html>
`;

let policy: Promise<string> | undefined;

/** A page to try the service by. Nothing runs in it but what is in it. */
export async function page(): Promise<Response> {
  policy ??= Promise.all([script, style].map(hashOf)).then(
    ([ofScript, ofStyle]) =>
      `default-src 'none'; connect-src 'self'; script-src '${ofScript}'; style-src '${ofStyle}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  );
  return new Response(html, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": await policy,
      "referrer-policy": "no-referrer",
      "cache-control": "no-cache",
    },
  });
}

async function hashOf(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return `sha256-${btoa(String.fromCharCode(...digest))}`;
}
