import type { Adapter, AdapterPayload } from "oidc-provider";

/** All that a provider keeps, by kind and id. */
export type OidcStore = Map<string, AdapterPayload>;

/** Models that end with the grant they came from. */
const granted = /^(AccessToken|AuthorizationCode|RefreshToken|DeviceCode|BackchannelAuthenticationRequest):/;

/** Makes what a provider keeps its things in: one map, so that servers share nothing and can forget all at once. */
export function adapterOf(store: OidcStore): (model: string) => Adapter {
  return (model) => {
    const key = (id: string): string => `${model}:${id}`;
    const findBy = async (property: "uid" | "userCode", value: string): Promise<AdapterPayload | undefined> =>
      [...store].find(([name, payload]) => name.startsWith(`${model}:`) && payload[property] === value)?.[1];
    return {
      upsert: async (id, payload) => void store.set(key(id), payload),
      find: async (id) => store.get(key(id)),
      findByUid: (uid) => findBy("uid", uid),
      findByUserCode: (userCode) => findBy("userCode", userCode),
      consume: async (id) => {
        const payload = store.get(key(id));
        if (payload) payload.consumed = Math.floor(Date.now() / 1000);
      },
      destroy: async (id) => void store.delete(key(id)),
      revokeByGrantId: async (grantId) => {
        for (const [name, payload] of store) {
          if (granted.test(name) && payload.grantId === grantId) store.delete(name);
        }
      },
    };
  };
}
