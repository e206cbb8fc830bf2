type Body = Record<string, unknown>;

/** A page, or an answer with items, of the official client. */
export interface Listed {
  readonly items: readonly Body[];
  readonly nextCursor?: string;
}

interface Lists {
  list(query: Body): Promise<Listed>;
}

interface Sets {
  readonly items: Record<string, readonly Body[]>;
  readonly nextCursor: Record<string, string>;
}

/** The part of the official client that tests use; its own types cannot be resolved by Node's rules. */
export interface OfficialClient {
  readonly spaces: Lists & {
    upsert(items: readonly Body[]): Promise<Listed>;
    retrieve(ids: readonly string[]): Promise<Listed>;
    delete(ids: readonly string[]): Promise<Listed>;
  };
  readonly containers: SchemaCalls;
  readonly views: SchemaCalls;
  readonly dataModels: SchemaCalls;
  readonly instances: {
    upsert(body: Body): Promise<Listed>;
    list(body: Body): Promise<Listed>;
    search(body: Body): Promise<Listed>;
    aggregate(body: Body): Promise<Listed>;
    query(body: Body): Promise<Sets>;
    sync(body: Body): Promise<Sets>;
    inspect(body: Body): Promise<Listed>;
    retrieve(body: Body): Promise<Listed>;
    delete(ids: readonly Body[]): Promise<Listed | readonly Body[]>;
  };
  readonly datapoints: {
    insert(items: readonly Body[]): Promise<object>;
    retrieve(query: Body): Promise<readonly (Body & { readonly datapoints: readonly Body[] })[]>;
    retrieveDatapointMonthlyAggregates(
      query: Body,
    ): Promise<readonly (Body & { readonly datapoints: readonly Body[] })[]>;
    retrieveLatest(items: readonly Body[]): Promise<readonly (Body & { readonly datapoints: readonly Body[] })[]>;
    delete(items: readonly Body[]): Promise<object>;
  };
  readonly timeseries: Metadata;
  readonly files: Metadata & {
    getDownloadUrls(ids: readonly Body[]): Promise<readonly { readonly downloadUrl: string }[]>;
    upload(info: Body, content: string): Promise<Body>;
    multipartUploadSession(info: Body, parts: number): Promise<unknown>;
    update(changes: readonly Body[]): Promise<readonly Body[]>;
    delete(ids: readonly Body[]): Promise<unknown>;
    search(query: Body): Promise<readonly Body[]>;
    aggregate(query: Body): Promise<readonly Body[]>;
  };
  /** Calls without a method of their own, signed as all others. */
  post<T>(path: string, options: { readonly data: unknown }): Promise<{ readonly data: T }>;
}

interface Metadata {
  retrieve(ids: readonly Body[], parameters?: Body): Promise<readonly Body[]>;
  list(query: Body): Promise<Listed> & AsyncIterable<Body>;
}

interface SchemaCalls extends Lists {
  upsert(items: readonly Body[]): Promise<Listed>;
  retrieve(ids: readonly Body[]): Promise<Listed>;
  delete(ids: readonly Body[]): Promise<Listed>;
}

/** The official JavaScript client, as it comes, for project `any`. */
export async function officialClient(baseUrl: string): Promise<OfficialClient> {
  const official: { readonly CogniteClient: new (options: Body) => OfficialClient } = await import(
    "@cognite/sdk" as string
  );
  return new official.CogniteClient({
    appId: "pygen-test",
    project: "any",
    baseUrl,
    oidcTokenProvider: async () => "token",
  });
}
