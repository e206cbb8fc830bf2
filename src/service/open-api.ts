import * as v from "valibot";
import { VERSION } from "../models/index.js";
import type { ServiceLimits } from "./limits.js";
import { diffRequest, generateRequest, validateRequest } from "./requests.js";

const text = v.string();

const diagnostic = v.object({
  code: text,
  severity: v.picklist(["error", "warning", "info"]),
  message: text,
  place: text,
  hint: v.optional(text),
});

const problem = v.object({
  type: text,
  title: text,
  status: v.number(),
  detail: text,
  code: text,
  hint: v.optional(text),
  requestId: text,
  errors: v.optional(v.array(v.object({ path: text, message: text }))),
  diagnostics: v.optional(v.array(diagnostic)),
});

const schemas = {
  GenerateRequest: generateRequest,
  ValidateRequest: validateRequest,
  DiffRequest: diffRequest,
  Problem: problem,
  Diagnostics: v.object({ ok: v.boolean(), diagnostics: v.array(diagnostic) }),
  Changes: v.object({
    breaking: v.boolean(),
    changes: v.array(v.object({ breaking: v.boolean(), code: text, place: text, message: text })),
  }),
  Files: v.object({ files: v.record(text, text) }),
  Status: v.object({ status: text }),
  Version: v.object({ name: text, version: text }),
} satisfies Record<string, v.GenericSchema>;

const ref = (name: keyof typeof schemas) => ({ $ref: `#/components/schemas/${name}` });
const jsonOf = (name: keyof typeof schemas) => ({ "application/json": { schema: ref(name) } });
const binary = { schema: { type: "string", format: "binary" } };

const refusals = {
  400: "The body cannot be read.",
  401: "A key or a token is missing or not accepted.",
  403: "The token may not read the data models.",
  404: "There are no such data models.",
  408: "The body came too slowly.",
  413: "The body is too large.",
  415: "The body is not JSON in UTF-8, or packed otherwise than by gzip.",
  422: "The body is not what this call takes, or the model has errors.",
  429: "There were too many requests.",
  502: "CDF cannot be asked.",
  503: "There is too much work now.",
};

const refused = Object.fromEntries(
  Object.entries(refusals).map(([status, description]) => [
    status,
    { description, content: { "application/problem+json": { schema: ref("Problem") } } },
  ]),
);

const cdfToken = {
  name: "x-cdf-authorization",
  in: "header",
  description:
    "`Bearer` and your token for CDF, for models that are fetched from there. It is passed on and kept nowhere.",
  schema: { type: "string" },
};

const post = (
  operationId: string,
  summary: string,
  takes: keyof typeof schemas,
  answers: object,
  more: object[] = [],
) => ({
  post: {
    operationId,
    summary,
    parameters: [cdfToken, ...more],
    requestBody: { required: true, content: jsonOf(takes) },
    responses: { ...answers, ...refused },
    security: [{}, { apiKey: [] }, { oidc: [] }],
  },
});

const get = (operationId: string, summary: string, responses: object) => ({ get: { operationId, summary, responses } });

/** The description of the service, from the schemas that it checks requests by. */
export async function openApi(limits: ServiceLimits): Promise<object> {
  const { toJsonSchema } = await import("@valibot/to-json-schema");
  const components = Object.entries(schemas).map(([name, schema]) => {
    const { $schema: _, ...rest } = toJsonSchema(schema, { typeMode: "input", errorMode: "ignore" });
    return [name, rest] as const;
  });
  const etag = {
    etag: { schema: { type: "string" }, description: "Of what the SDK is made of; for `If-None-Match`." },
  };
  const packed = {
    200: {
      description: "The generated SDK.",
      headers: {
        ...etag,
        "x-pygen-warnings": { schema: { type: "integer" }, description: "How many warnings there were." },
      },
      content: { "application/zip": binary, "application/gzip": binary, ...jsonOf("Files") },
    },
    304: { description: "It is the one that you have.", headers: etag },
  };
  const ifNoneMatch = { name: "if-none-match", in: "header", schema: { type: "string" } };
  const ok = (description: string, name: keyof typeof schemas) => ({ 200: { description, content: jsonOf(name) } });
  return {
    openapi: "3.1.0",
    info: {
      title: "Pygen",
      version: VERSION,
      description: `Typed SDKs for data models of Cognite Data Fusion. Bodies have at most ${limits.bodyBytes} bytes, models at most ${limits.views} views; each client has ${limits.perMinute} requests a minute.`,
    },
    paths: {
      "/generate": post("generate", "A typed SDK for data models", "GenerateRequest", packed, [ifNoneMatch]),
      "/validate": post(
        "validate",
        "Everything that is odd about data models",
        "ValidateRequest",
        ok("What was found.", "Diagnostics"),
      ),
      "/diff": post(
        "diff",
        "What changed between two models for the generated API",
        "DiffRequest",
        ok("The changes.", "Changes"),
      ),
      "/health": get("health", "Whether the process answers", ok("It does.", "Status")),
      "/ready": get("ready", "Whether it takes work", {
        ...ok("It does.", "Status"),
        503: { description: "It is being stopped.", content: jsonOf("Status") },
      }),
      "/version": get("version", "Which version this is", ok("This one.", "Version")),
      "/openapi.json": get("openapi", "This description", {
        200: { description: "The description.", content: { "application/json": {} } },
      }),
    },
    components: {
      schemas: Object.fromEntries(components),
      securitySchemes: {
        apiKey: { type: "apiKey", in: "header", name: "x-api-key" },
        oidc: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
      },
    },
  };
}
