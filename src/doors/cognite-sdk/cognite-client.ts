/** A request as `@cognite/sdk` takes it. */
export interface CogniteRequest {
  readonly data?: unknown;
  readonly headers?: Record<string, string>;
  readonly responseType?: "text" | "arraybuffer";
}

/** An answer as `@cognite/sdk` gives it. */
export interface CogniteAnswer {
  readonly data: unknown;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** What is needed of a `CogniteClient` of `@cognite/sdk`, which every one has. */
export interface CogniteClientLike {
  readonly project: string;
  getBaseUrl(): string;
  get(path: string, request?: CogniteRequest): Promise<CogniteAnswer>;
  post(path: string, request?: CogniteRequest): Promise<CogniteAnswer>;
  put(path: string, request?: CogniteRequest): Promise<CogniteAnswer>;
  delete(path: string, request?: CogniteRequest): Promise<CogniteAnswer>;
}
