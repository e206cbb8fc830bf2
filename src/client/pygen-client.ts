import { HTTPClient } from "../http/index.js";
import {
  ContainersAPI,
  DataModelsAPI,
  InstancesAPI,
  SpacesAPI,
  StatisticsAPI,
  TokenAPI,
  ViewsAPI,
} from "../resources/index.js";
import { checkOptions } from "./check-options.js";
import type { PygenClientOptions } from "./options.js";

/**
 * A client of the data modeling service, for one project. Making it checks the options and does nothing else: no
 * request is sent and no token asked for before the first call.
 *
 * Methods take `{ signal, timeout }` last. What goes wrong is one of the package's errors (`isPygenError`); a call that is
 * stopped by its signal, or by `close()`, rejects with AbortError.
 *
 * @throws ConfigError that names the option that is missing, unknown or wrong
 *
 * @example
 * ```ts
 * import { PygenClient, tokenProvider } from "pygen";
 *
 * const client = new PygenClient({
 *   cluster: "westeurope-1", // or baseUrl: "http://127.0.0.1:4000"
 *   project: "acme",
 *   application: "turbine-report",
 *   credentials: tokenProvider(() => fetchToken()),
 * });
 * for await (const view of client.views.iterate({ space: "cdf_cdm", includeGlobal: true })) {
 *   console.log(view.externalId);
 * }
 * ```
 */
export class PygenClient {
  readonly project: string;
  /** Address of the service, without `/api/...` and without a slash at its end. */
  readonly baseUrl: string;
  /** For calls that no other API makes. */
  readonly http: HTTPClient;
  readonly spaces: SpacesAPI;
  readonly containers: ContainersAPI;
  readonly views: ViewsAPI;
  readonly dataModels: DataModelsAPI;
  readonly instances: InstancesAPI;
  readonly statistics: StatisticsAPI;
  readonly token: TokenAPI;

  constructor(options: PygenClientOptions) {
    const baseUrl = checkOptions(options);
    this.http = new HTTPClient({ ...options, baseUrl });
    this.project = this.http.project;
    this.baseUrl = this.http.baseUrl;
    this.spaces = new SpacesAPI(this.http);
    this.containers = new ContainersAPI(this.http);
    this.views = new ViewsAPI(this.http);
    this.dataModels = new DataModelsAPI(this.http);
    this.instances = new InstancesAPI(this.http);
    this.statistics = new StatisticsAPI(this.http);
    this.token = new TokenAPI(this.http);
  }

  /**
   * Stops what is under way, refuses later calls, both with AbortError `ABORT.CLOSED`, and releases connections that the
   * transport holds. `await using client = new PygenClient(...)` does so by itself.
   */
  async close(): Promise<void> {
    await this.http.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
