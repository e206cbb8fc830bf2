import type { Configuration, ICachePlugin, INetworkModule, NetworkRequestOptions } from "@azure/msal-node";
import type { ProviderLine } from "../provider-line.js";
import type { Settings } from "../settings.js";

/** What an answer is to MSAL. */
interface NetworkAnswer<T> {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: T;
}

/** What MSAL is made with, for the requests of one sign-in. */
export function configurationOf(settings: Settings, line: ProviderLine): Configuration {
  const { clientId, authority = "", isEntra, proof } = settings;
  const { secret, certificate } = proof;
  return {
    auth: {
      clientId,
      authority,
      // MSAL would ask Entra ID whether it knows the host.
      ...(isEntra ? {} : { knownAuthorities: [new URL(authority).host] }),
      ...(secret === undefined ? {} : { clientSecret: secret }),
      ...(certificate === undefined
        ? {}
        : {
            clientCertificate: {
              thumbprintSha256: certificate.thumbprint,
              privateKey: certificate.key.export({ type: "pkcs8", format: "pem" }).toString(),
            },
          }),
    },
    cache: { cachePlugin: pluginOf(settings) },
    // No logger: what MSAL tells of itself can hold tokens.
    system: { protocolMode: isEntra ? "AAD" : "OIDC", networkClient: networkOf(line), disableInternalRetries: true },
  };
}

/** Keeps MSAL's own cache where the tokens stay. */
function pluginOf({ store, authority, clientId }: Settings): ICachePlugin {
  const name = `msal ${authority} ${clientId}`;
  return {
    beforeCacheAccess: async (context) => {
      const text = await store.load(name);
      if (text !== undefined && isJson(text)) context.tokenCache.deserialize(text);
    },
    afterCacheAccess: async (context) => {
      if (context.cacheHasChanged) await store.save(name, context.tokenCache.serialize());
    },
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function networkOf(line: ProviderLine): INetworkModule {
  const send = async <T>(
    url: string,
    method: "GET" | "POST",
    options: NetworkRequestOptions = {},
  ): Promise<NetworkAnswer<T>> => {
    const { headers = {}, body } = options;
    const answer = await line.send({ url, method, headers, body });
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: await answer.json(),
    };
  };
  return {
    sendGetRequestAsync: (url, options) => send(url, "GET", options),
    sendPostRequestAsync: (url, options) => send(url, "POST", options),
  };
}
