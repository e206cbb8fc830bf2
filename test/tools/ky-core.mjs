// Leaves out of ky what no request of ours uses. `kyCore()` is a plugin of rollup and of Vite alike, so that all tests run
// what is shipped; the reasons are in ARCHITECTURE.md under Choices.
//
// ky is called in one place, src/http/transport.ts, and in one way: the address and the method are texts, the headers an
// object of texts, the body stands beside, `retry: 0`, `timeout: false`, `throwHttpErrors: false`, and none of the options
// below. The facts write that into ky's source; esbuild then drops the
// branches that can never run, and `withoutUnused` the private members that nothing leads to. Nothing is written anew, and
// a ky that reads otherwise stops the build.
import { readFileSync } from "node:fs";
import { transform } from "esbuild";
import { parseAst } from "rollup/parseAst";

/** The version that the facts are about. */
const version = "2.1.0";

/** Options that are never given. */
const absent =
  "baseUrl json onDownloadProgress onUploadProgress parseJson prefix searchParams stringifyJson totalTimeout".split(
    " ",
  );

/** What the source says, and what it comes to. */
const facts = {
  "index.js": [
    // One instance without options of its own, and no other made of it.
    ["validateAndMerge(defaults, options));", "options);"],
    [/for \(const method of requestMethods\)[\s\S]*?(?=return ky;)/, ""],
  ],
  "core/Ky.js": [
    [new RegExp(String.raw`\b(this|ky)\.#options\.(${absent.join("|")})\b`, "g"), "undefined"],
    ["hasSearchParameters(undefined)", "false"],
    ["Object.hasOwn(options, 'prefixUrl')", "false"],
    // No limit of time, so nothing of its own to abort with: the signal that is given stands alone.
    ["supportsAbortController && supportsAbortSignal", "false"],
    [/this\.#abortController\?\.signal\.aborted/g, "false"],
    [/\b(this|ky)\.#options\.timeout\b/g, "false"],
    [/this\.#getRemainingTotalTimeout\(\)/g, "undefined"],
    ["typeof undefined === 'number' ? this.#getCurrentTime() : undefined", "undefined"],
    // Nor is anything else that is no option of a request looked at.
    [/\n {12}(context|hooks|prefix|retry|throwHttpErrors|timeout|totalTimeout): .*,/g, ""],
    // One attempt.
    ["ky.#retry(async () => ky.#fetch())", "ky.#fetch()"],
    [/(this|ky)\.#retryLimit = .*;/g, ""],
    ["this.#retryLimit > 0", "false"],
    // Any status is an answer.
    ["!currentResponse.ok && ", "false && "],
    // No hooks.
    ["const initHooks = options.hooks?.init ?? [];", ""],
    ["initHooks.length > 0", "false"],
    ["for (const hook of initHooks)", "if (false)"],
    ["await ky.#runBeforeRequestHooks()", "undefined"],
    ["ky.#consumeReturnedResponseFromBeforeRetryHook()", "false"],
    [/if \(isResponseInstance\(response\)\)(?= \{\s+try)/, "if (false)"],
    [/await ky\.#throwProcessedError\(error\);(?=\s+\}\s+finally)/, "throw error;"],
    // The address is a text, the headers are an object of texts, the method is given, in capitals.
    ["typeof this.#input !== 'string'", "false"],
    ["this.#input instanceof globalThis.Request", "false"],
    ["mergeHeaders(this.#input.headers, options.headers)", "new globalThis.Headers(options.headers)"],
    ["normalizeRequestMethod(options.method ?? this.#input.method ?? 'GET')", "options.method"],
    ["options.headers && new globalThis.Headers(options.headers).has('content-type')", "false"],
    ["findUnknownOptions(this.#options)", "{}"],
    // The body stands beside the request, which is the one request there is.
    ["if (supportsRequestStreams)", "if (false)"],
    [/this\.#wrapRequestWithUploadProgress\(.*\)/g, "this.request"],
    ["this.#originalRequest = request;", ""],
    ["const originalRequest = ky.#originalRequest;", ""],
    [/ky\.#cancelBody\((originalRequest\?|ky\.request)\.body \?\? undefined\);/g, ""],
    ["ky.request !== originalRequest", "false"],
    // Errors come as they are: the library's own hold the request with its headers.
    ["isRawNetworkError(error)", "false"],
    // The answer is read by its own methods, and is as the platform made it.
    ["this.#setResponseRequest(response, request)", "response"],
    ["!isResponseInstance(response)", "false"],
    ["ky.#decorateResponse(response);", ""],
    ["for (const [type, mimeType] of Object.entries(responseTypes))", "if (false) for (const [type, mimeType] of [])"],
  ],
  "core/constants.js": [
    // To find out would load fetch, which Node does only when it is used, and take half of the time of an import.
    [/(?<=supportsRequestStreams = )\(\(\) => \{[\s\S]*?\n\}\)\(\)/, "false"],
  ],
};

/** A file of ky without what never runs; `undefined` for files that stay as they are. */
export async function core(file, source) {
  if (!Object.hasOwn(facts, file)) return undefined;
  const known = facts[file].reduce((code, [from, to]) => {
    const result = code.replaceAll(from instanceof RegExp ? new RegExp(from, "g") : from, to);
    if (result === code) throw new Error(`ky ${version} is expected to have ${from} in ${file}`);
    return result;
  }, source);
  const { code } = await transform(known, { minifySyntax: true, target: "es2022" });
  return withoutUnused(code);
}

function isPrivateMember(node) {
  return /^(MethodDefinition|PropertyDefinition)$/.test(node.type) && node.key.type === "PrivateIdentifier";
}

/** Leaves out private members that nothing else leads to. */
function withoutUnused(code) {
  const members = new Map();
  const namesIn = (node) => {
    if (Array.isArray(node)) return node.flatMap(namesIn);
    if (node === null || typeof node !== "object") return [];
    if (node.type === "PrivateIdentifier") return [node.name];
    if (!isPrivateMember(node)) return Object.values(node).flatMap(namesIn);
    members.set(node.key.name, { node, names: namesIn(node.value) });
    return [];
  };
  const used = new Set(namesIn(parseAst(code)));
  for (const name of used) {
    for (const next of members.get(name)?.names ?? []) used.add(next);
  }
  const unused = [...members].filter(([name]) => !used.has(name)).map(([, { node }]) => node);
  return unused.reduceRight((text, { start, end }) => text.slice(0, start) + text.slice(end), code);
}

/** The plugin. */
export function kyCore() {
  return {
    name: "ky-core",
    async transform(source, id) {
      const [, folder, file] = /^(.*\/node_modules\/ky)\/distribution\/(.*\.js)/.exec(id.replaceAll("\\", "/")) ?? [];
      if (folder === undefined) return undefined;
      const installed = JSON.parse(readFileSync(`${folder}/package.json`, "utf8")).version;
      if (installed !== version) throw new Error(`test/tools/ky-core.mjs knows ky ${version}, not ${installed}.`);
      const code = await core(file, source);
      return code === undefined ? undefined : { code, map: { mappings: "" } };
    },
  };
}
