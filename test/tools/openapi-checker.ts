import { existsSync, readFileSync } from "node:fs";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import jsonPatch, { type Operation } from "fast-json-patch";
import type { Fetch } from "../../src/http/index.js";
import { isRecord } from "../../src/models/index.js";

const folder = new URL("../../../shared/cdf-api/", import.meta.url);

/** Checks what goes over the wire against the service's OpenAPI document. */
export interface OpenApiChecker {
  /**
   * A `fetch` that throws when a request or an answer of a documented call does not fit the document.
   *
   * @param options - `requests: false` lets pass requests that are meant to be wrong
   */
  wrap(fetch?: Fetch, options?: { readonly requests?: boolean }): Fetch;
  /** The documented operations, such as `POST /models/spaces`, each with its parameters and the fields of its body. */
  operations(): ReadonlyMap<string, ReadonlySet<string>>;
  /** How many bodies were checked so far. */
  readonly checked: number;
}

/** The checker, or `null` with a message where the document is not there. */
export function openApiChecker(): OpenApiChecker | null {
  if (!existsSync(folder)) {
    console.info("skipped: ../shared absent, so requests and answers are not checked against the OpenAPI document");
    return null;
  }
  return new Checker(loadDocument());
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

function loadDocument(): Document {
  const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), "utf8"));
  const patches = [...(read("openapi-dm.overlay.json") as []), ...repairs];
  return jsonPatch.applyPatch(read("openapi-dm.json") as Document, patches).newDocument;
}

/**
 * What the document says too narrowly of refusals by calls for data: all that have 400 need `missing`, also where a body is
 * wrong in some other way, and `duplicated` knows no `instanceId`.
 */
const repairs: Operation[] = (
  [
    ["NotFoundResponse", "required", ["code", "message"]],
    ["DuplicatedIdsInRequestResponse", "properties/duplicated/items", { type: "object" }],
  ] as const
).map(([name, place, value]) => ({
  op: "replace",
  path: `/components/schemas/${name}/properties/error/${place}`,
  value,
}));

/** Formats of numbers that the document uses; the types beside them say what matters. */
const numberFormats = ["int32", "int64", "uint64", "double"];

class Checker implements OpenApiChecker {
  readonly #document: Document;
  readonly #ajv: Ajv2020;
  readonly #validators = new Map<string, ValidateFunction>();
  checked = 0;

  constructor(document: Document) {
    this.#document = document;
    this.#ajv = new Ajv2020({ strict: false, allErrors: false });
    formats.default(this.#ajv);
    for (const format of numberFormats) this.#ajv.addFormat(format, true);
    this.#ajv.addSchema(document, "cdf");
  }

  operations(): ReadonlyMap<string, ReadonlySet<string>> {
    return new Map(
      Object.entries(this.#document.paths).flatMap(([path, methods]) =>
        Object.entries(methods).flatMap(([method, operation]) => {
          if (!isRecord(operation)) return [];
          const declared = Array.isArray(operation["parameters"]) ? operation["parameters"] : [];
          const names = declared.map((parameter) => String(this.#resolve(parameter)["name"]));
          const body = this.#resolve(operation["requestBody"])["content"];
          const json = isRecord(body) ? body["application/json"] : undefined;
          const fields = isRecord(json) ? this.#fieldsOf(json["schema"]) : [];
          return [[`${method.toUpperCase()} ${path}`, new Set([...names, ...fields])] as const];
        }),
      ),
    );
  }

  #fieldsOf(schema: unknown): readonly string[] {
    const { properties, allOf, oneOf, anyOf } = this.#resolve(schema);
    const parts = [allOf, oneOf, anyOf].flatMap((list) => (Array.isArray(list) ? list : []));
    return [...Object.keys(isRecord(properties) ? properties : {}), ...parts.flatMap((part) => this.#fieldsOf(part))];
  }

  wrap(fetch: Fetch = globalThis.fetch, { requests = true }: { readonly requests?: boolean } = {}): Fetch {
    return async (request) => {
      const path = documentedPath(new URL(request.url).pathname);
      const call = `${request.method} ${path}`;
      const operation = this.#document.paths[path]?.[request.method.toLowerCase()];
      if (!isRecord(operation)) return fetch(request);
      const pointer = ["paths", path, request.method.toLowerCase()];
      if (requests) this.#checkQuery(call, operation, new URL(request.url).searchParams);
      const sent = requests ? await textOf(request.clone()) : "";
      if (sent !== "") this.#check(`request of ${call}`, [...pointer, "requestBody"], JSON.parse(sent));
      const response = await fetch(request);
      const status = String(response.status);
      const answers = operation["responses"];
      if (isRecord(answers) && status in answers) {
        const received: unknown = JSON.parse(await response.clone().text());
        this.#check(`answer ${status} of ${call}`, [...pointer, "responses", status], received);
      }
      return response;
    };
  }

  #checkQuery(call: string, operation: Record<string, unknown>, query: URLSearchParams): void {
    const declared = Array.isArray(operation["parameters"]) ? operation["parameters"] : [];
    const names = declared.map((parameter) => this.#resolve(parameter)["name"]);
    for (const name of query.keys()) {
      if (!names.includes(name)) throw new Error(`${call} does not take the parameter ${name}; it takes ${names}`);
    }
  }

  #check(what: string, pointer: readonly string[], value: unknown): void {
    const target = this.#follow(pointer);
    const place = `cdf#/${[...target, "content", "application/json", "schema"].map(pointerKey).join("/")}`;
    let validate = this.#validators.get(place);
    if (validate === undefined) {
      validate = this.#ajv.compile({ $ref: place });
      this.#validators.set(place, validate);
    }
    this.checked += 1;
    if (validate(value)) return;
    throw new Error(`The ${what} does not fit the OpenAPI document:\n${explain(validate.errors ?? [], value)}`);
  }

  /** The place in the document that a pointer means, after a reference. */
  #follow(pointer: readonly string[]): readonly string[] {
    const node = this.#at(pointer);
    const reference = node["$ref"];
    return typeof reference === "string" ? reference.replace(/^#\//, "").split("/") : pointer;
  }

  #at(pointer: readonly string[]): Record<string, unknown> {
    let node: unknown = this.#document;
    for (const key of pointer) node = isRecord(node) ? node[key] : undefined;
    if (!isRecord(node)) throw new Error(`The OpenAPI document has nothing at ${pointer.join("/")}`);
    return node;
  }

  #resolve(node: unknown): Record<string, unknown> {
    const reference = isRecord(node) ? node["$ref"] : undefined;
    if (typeof reference === "string") return this.#at(reference.replace(/^#\//, "").split("/"));
    return isRecord(node) ? node : {};
  }
}

/** The document's paths are relative to the project, apart from token inspect. */
function documentedPath(pathname: string): string {
  return pathname.replace(/^\/api\/v1(\/projects\/[^/]+)?/, "");
}

/** The text of a request, packed with gzip or not. */
async function textOf(request: Request): Promise<string> {
  if (request.headers.get("content-encoding") !== "gzip" || request.body === null) return request.text();
  return new Response(request.body.pipeThrough(new DecompressionStream("gzip"))).text();
}

function pointerKey(key: string): string {
  return encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));
}

function explain(errors: readonly ErrorObject[], value: unknown): string {
  const lines = errors.slice(-8).map((error) => `  ${error.instancePath || "(whole)"}: ${error.message}`);
  return [...lines, JSON.stringify(value).slice(0, 500)].join("\n");
}
