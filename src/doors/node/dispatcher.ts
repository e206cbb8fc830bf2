/// <reference path="./undici.d.ts" />
import type { Dispatcher } from "undici";
import connect from "undici/lib/api/api-connect.js";
import Agent from "undici/lib/dispatcher/agent.js";
import EnvHttpProxyAgent from "undici/lib/dispatcher/env-http-proxy-agent.js";
import Pool from "undici/lib/dispatcher/pool.js";
import ProxyAgent from "undici/lib/dispatcher/proxy-agent.js";
import { ConfigError } from "../../errors/index.js";
import { checkOptions } from "./check-options.js";
import type { ConnectionPoolOptions } from "./options.js";
import { trust } from "./trust.js";

/** How many calls one HTTP/2 connection carries at once; without it, one. */
const streams = 100;

/** What sends requests over the connections that the options describe. */
export function dispatcherOf(options: ConnectionPoolOptions): Dispatcher {
  checkOptions(options);
  const http2 = options.http2 ?? false;
  const tls = {
    timeout: options.connectTimeout ?? 10_000,
    ...(options.ca === undefined ? {} : { secureContext: trust(options.ca) }),
  };
  const common = {
    connections: options.connections ?? (http2 ? 1 : 32),
    allowH2: http2,
    pipelining: http2 ? streams : 1,
    // The client's own time limits hold.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  const direct = { ...common, connect: tls };
  const proxied = { ...common, clientFactory, requestTls: { ...tls, allowH2: http2 }, proxyTls: tls };
  if (options.proxy === undefined) return new Agent(direct);
  if (options.proxy === "environment") return fromEnvironment({ ...direct, ...proxied });
  const { url, token } = typeof options.proxy === "string" ? { url: options.proxy } : options.proxy;
  return new ProxyAgent({ ...proxied, uri: url, ...(token === undefined ? {} : { token }) });
}

/** Connections to a proxy. Only they need the method that asks for a tunnel, which undici's main file would add to all. */
function clientFactory(proxy: URL, options: object): Dispatcher {
  const pool = new Pool(proxy, options);
  const tunnel = async (request: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> => {
    const data = await connect.call(pool, request);
    if (data.statusCode === 200) return data;
    // Undici's own error for this is taken for an abort by the built-in fetch, and does not say why. The code tells that
    // nothing was sent.
    data.socket.on("error", () => {}).destroy();
    const message = `the proxy refused the connection with status ${data.statusCode}`;
    throw Object.assign(new Error(message), { code: "ECONNREFUSED" });
  };
  return Object.assign(pool, { connect: tunnel });
}

function fromEnvironment(options: EnvHttpProxyAgent.Options): Dispatcher {
  try {
    return new EnvHttpProxyAgent(options);
  } catch {
    // Its own error quotes the address, and with it the password.
    throw new ConfigError("CONFIG.INVALID", "HTTP_PROXY or HTTPS_PROXY of the environment is not an address.", {
      hint: 'They look like "http://proxy.example.com:8080".',
    });
  }
}
