/** Where tokens stay. {@link fileCache} is one; what you make yourself must keep them from others. */
export interface TokenStore {
  /** What was saved last under a name. */
  load(name: string): Promise<string | undefined>;
  save(name: string, text: string): Promise<void>;
}

/** Keeps tokens as long as the process runs. */
export function memoryStore(): TokenStore {
  const entries = new Map<string, string>();
  return {
    load: async (name) => entries.get(name),
    save: async (name, text) => {
      entries.set(name, text);
    },
  };
}
