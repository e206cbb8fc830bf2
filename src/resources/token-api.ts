import type { HTTPClient, RequestOptions } from "../http/index.js";
import type { TokenInspection } from "../models/index.js";
import { tokenInspection } from "../models/responses/index.js";

/** The token that the client uses. Reached as `client.token`. */
export class TokenAPI {
  readonly #http: HTTPClient;

  constructor(http: HTTPClient) {
    this.#http = http;
  }

  /**
   * Who the token stands for, and which projects and access rights it has (contract 1.3).
   *
   * @throws ApiError `API.UNAUTHORIZED` when the token is not valid
   */
  async inspect(options: RequestOptions = {}): Promise<TokenInspection> {
    return this.#http.request({ ...options, method: "GET", path: "/api/v1/token/inspect", schema: tokenInspection });
  }
}
