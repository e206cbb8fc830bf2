import { type Credentials, PygenClient } from "pygen";
import { clientCredentials, deviceCode, fromEnvironment, interactive } from "pygen/auth/node";
import { expectTypeOf, test } from "vitest";

const application = { clientId: "app", clientSecret: "secret" };

test("every way gives credentials", () => {
  expectTypeOf(clientCredentials({ tenantId: "t", ...application })).toEqualTypeOf<Credentials>();
  expectTypeOf(deviceCode({ tenantId: "t", clientId: "app", onCode: () => {} })).toEqualTypeOf<Credentials>();
  expectTypeOf(interactive({ authority: "https://a.test", clientId: "app" })).toEqualTypeOf<Credentials>();
  expectTypeOf(new PygenClient({ ...fromEnvironment(), application: "app" })).toEqualTypeOf<PygenClient>();
});

test("there is one address, one proof, and no audience of Entra ID", () => {
  // @ts-expect-error: no address
  clientCredentials(application);
  // @ts-expect-error: two addresses
  clientCredentials({ tenantId: "t", tokenUrl: "https://a.test", ...application });
  // @ts-expect-error: no proof
  clientCredentials({ tenantId: "t", clientId: "app" });
  // @ts-expect-error: two proofs
  clientCredentials({ tenantId: "t", ...application, certificate: { privateKey: "", certificate: "" } });
  // @ts-expect-error: Entra ID takes scopes
  clientCredentials({ tenantId: "t", audience: "a", ...application });
  // @ts-expect-error: users sign in with a provider, not with an address for tokens
  interactive({ tokenUrl: "https://a.test", clientId: "app" });
});
