import { type Context, Hono } from "hono";
import { type ApiErrorBody, writeJson } from "../../models/index.js";
import { accessOf, type Caller, guardOf, inspectCaller, shownTo } from "../auth/index.js";
import { badRequest, Fault } from "../engine/fault.js";
import type { ProjectState } from "../engine/state.js";
import { isProjectName, PROJECT_NAME_HINT } from "../project-name.js";
import { readBody, readJson } from "./body.js";
import type { Gate } from "./concurrency.js";
import { type Conditions, conditioned } from "./conditions.js";
import { overview } from "./overview.js";
import { queryParameters } from "./parameters.js";
import { isRead, type Route } from "./route.js";
import { isUnserved, routes } from "./routes.js";
import { serveStorage, storageAccess } from "./storage.js";
import { type Authenticate, bearerToken } from "./token.js";
import { recording, Traffic } from "./traffic.js";

/** What the HTTP face stands on. */
export interface AppHost {
  readonly authenticate: Authenticate;
  readonly gate: Gate;
  /** The one project served; without it, any. */
  readonly project: string | undefined;
  readonly state: (project: string) => ProjectState;
  readonly projects: () => readonly string[];
  /** What a project holds before anything is written to it. */
  readonly newest: () => ProjectState;
  readonly conditions: Conditions;
  readonly readOnly: boolean;
  /** Whether there is a page for people. */
  readonly page: boolean;
  readonly now: () => number;
  /** Resolves once all that happened so far is safe: no answer tells what may be lost. */
  readonly settle: () => Promise<void>;
}

/** What a call carries from step to step. */
interface AppEnv {
  readonly Variables: { readonly caller: Caller };
}

const INSPECT = "/api/v1/token/inspect";
const PROJECT = "/api/v1/projects/:project";
const PROTOBUF = "application/protobuf";

/** The routes of the service over what an emulator stores: from a request to its answer, errors in their envelope. */
export function createApp(host: AppHost): Hono<AppEnv> {
  // The official JavaScript client ends some paths with a slash, and the service takes them.
  const app = new Hono<AppEnv>({ strict: false });
  const traffic = new Traffic();
  if (host.page) app.route("/_emulator", overview({ ...host, traffic }));
  app.use(recording(traffic, host.now));
  app.use(async (context, next) => {
    shareHeaders(context);
    if (context.req.method === "OPTIONS") return preflight(context);
    return next();
  });
  app.use(async (_context, next) => {
    await next();
    await host.settle();
  });
  const weather = conditioned(host.conditions, host.now);
  app.use("/api/*", weather);
  app.use("/storage/*", weather);
  app.use("/api/*", async (context, next) => {
    context.set("caller", await host.authenticate(bearerToken(context.req.header("authorization"))));
    return next();
  });
  app.get(INSPECT, (context) =>
    context.json(inspectCaller(context.get("caller"), host.projects(), host.project !== undefined)),
  );
  for (const route of routes) {
    app.on(route.method, PROJECT + route.path, async (context) => {
      if (host.readOnly && !isRead(route)) throw readOnly(context);
      const project = context.req.param("project") ?? "";
      const state = requireProject(host, project);
      const leave = host.gate(project, route.path, state.limits);
      try {
        return answer(context, route, await serve(context, route, project, state));
      } finally {
        leave();
      }
    });
  }
  if (host.readOnly) app.put("/storage/*", (context) => refuse(context, readOnly(context)));
  serveStorage(app, (project) => requireProject(host, project));
  app.notFound((context) => refuse(context, notServed(context)));
  app.onError((error, context) => refuse(context, error));
  return app;
}

/** Runs a call on what its caller may see, and shows it what it may see of the answer. */
async function serve(context: Context<AppEnv>, route: Route, project: string, state: ProjectState): Promise<object> {
  const { method, path } = route;
  const parameters = queryParameters(new URL(context.req.url));
  const call = { path: context.req.param(), parameters, storage: storageAccess(context) };
  const access = accessOf(context.get("caller"), project);
  if (!access) return route.run(state, { ...call, body: () => contentOf(context, route) });
  const body = method === "POST" ? await contentOf(context, route) : undefined;
  const seen = guardOf(method, path)(access, { state, body, path: call.path, parameters });
  return shownTo(access, method, path, await route.run(seen, { ...call, body: async () => body }));
}

/** What a body holds; some calls take it as a message of protocol buffers too. */
async function contentOf({ req: { raw } }: Context, { readMessage }: Route): Promise<unknown> {
  return readMessage && raw.headers.get("content-type")?.startsWith(PROTOBUF)
    ? readMessage(await readBody(raw))
    : readJson(raw);
}

/** An answer with every integer in full, or as a message of protocol buffers where the call has one and its caller wants it. */
function answer(context: Context, { status = 200, writeMessage }: Route, value: object): Response {
  return writeMessage && context.req.header("accept")?.includes(PROTOBUF)
    ? context.body(writeMessage(value), status, { "content-type": PROTOBUF })
    : context.body(writeJson(value), status, { "content-type": "application/json" });
}

function requireProject(host: AppHost, name: string): ProjectState {
  if (!isProjectName(name)) throw badRequest(`Invalid project '${name}'. ${PROJECT_NAME_HINT}`);
  if (host.project !== undefined && host.project !== name) {
    throw new Fault(403, `The token gives no access to project '${name}': the emulator serves '${host.project}'.`);
  }
  return host.state(name);
}

function readOnly({ req: { method, path } }: Context): Fault {
  return new Fault(403, `The emulator is read only: ${method} ${path} could change something.`);
}

/** Web pages of any origin may call, and may read what clients need of the headers (contract 1.5). */
function shareHeaders(context: Context): void {
  context.header("x-request-id", crypto.randomUUID());
  context.header("access-control-allow-origin", "*");
  context.header("access-control-expose-headers", "x-request-id, retry-after, cdf-is-auto-retryable");
}

function preflight(context: Context): Response {
  const asked = context.req.header("access-control-request-headers");
  context.header("access-control-allow-methods", "GET, POST, PUT, OPTIONS");
  context.header("access-control-allow-headers", asked ?? "authorization, content-type");
  context.header("access-control-max-age", "600");
  return context.body(null, 204);
}

function notServed(context: Context): Fault {
  const { method, path } = context.req;
  const call = `${method} ${path}`;
  const inProject = /^\/api\/v1\/projects\/[^/]+(\/.*?)\/?$/.exec(path)?.[1];
  const methods = path === INSPECT ? ["GET"] : methodsOf(inProject);
  if (methods.length > 0) {
    context.header("allow", methods.join(", "));
    return new Fault(405, `Method not allowed: ${call}. Use ${methods.join(" or ")}.`);
  }
  if (inProject !== undefined && isUnserved(inProject))
    return new Fault(404, `The emulator does not serve ${call} yet.`);
  return new Fault(404, `Unknown path: ${call}`);
}

function pathPattern({ path }: Route): RegExp {
  return new RegExp(`^${path.replaceAll(/:[^/]+/g, "[^/]+")}$`);
}

function methodsOf(path: string | undefined): readonly string[] {
  return routes.filter((route) => path !== undefined && pathPattern(route).test(path)).map(({ method }) => method);
}

function refuse(context: Context, error: unknown): Response {
  const fault = asFault(error);
  const status = fault?.status ?? 500;
  const envelope: { readonly error: ApiErrorBody } = {
    error: { code: status, message: fault?.message ?? "Internal error in the emulator.", ...fault?.details },
  };
  context.header("cdf-is-auto-retryable", String(status === 503));
  return context.json(envelope, status);
}

function asFault(error: unknown): Fault | undefined {
  if (error instanceof Fault) return error;
  // What engines throw for values nested so deep that walking them takes up the stack.
  return error instanceof RangeError ? badRequest("The request is nested too deeply.") : undefined;
}
