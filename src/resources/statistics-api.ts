import { type HTTPClient, type RequestOptions, runBatch } from "../http/index.js";
import type { ProjectStatistics, SpaceId, SpaceStatistics } from "../models/index.js";
import { projectStatistics, spaceStatisticsPage } from "../models/responses/index.js";
import { checkItems } from "./check-input.js";

/** Spaces of one request at most (contract 3.4). */
const requestSize = 100;

const path = "/models/statistics";

/** How much a project and its spaces hold (contract 7.8). Reached as `client.statistics`. */
export class StatisticsAPI {
  readonly #http: HTTPClient;

  constructor(http: HTTPClient) {
    this.#http = http;
  }

  /**
   * What the project holds, and its limits; among them how many calls may be under way at once.
   *
   * @example
   * ```ts
   * const { instances } = await client.statistics.project();
   * console.log(instances.instancesLimit - instances.instances, "more may be written");
   * ```
   */
  async project(options: RequestOptions = {}): Promise<ProjectStatistics> {
    return this.#http.request({ ...options, method: "GET", path, schema: projectStatistics });
  }

  /** What each space of the project holds. */
  async listSpaces(options: RequestOptions = {}): Promise<SpaceStatistics[]> {
    const request = { ...options, method: "GET", path: `${path}/spaces`, schema: spaceStatisticsPage } as const;
    return [...(await this.#http.request(request)).items];
  }

  /** What the named spaces hold, in the order of the names; unknown ones are left out. */
  async retrieveSpaces(ids: readonly (string | SpaceId)[], options: RequestOptions = {}): Promise<SpaceStatistics[]> {
    const nameOf = (id: string | SpaceId): SpaceId => (typeof id === "string" ? { space: id } : { space: id.space });
    checkItems(ids, nameOf);
    const names = [...new Set(ids.map((id) => nameOf(id).space))];
    const found = await runBatch<string, SpaceStatistics>({
      stages: [names],
      size: requestSize,
      concurrency: this.#http.concurrency("schema"),
      signal: options.signal,
      send: async (chunk) => {
        const body = { items: chunk.map((space) => ({ space })) };
        const request = { ...options, method: "POST", path: `${path}/spaces/byids`, body } as const;
        return (await this.#http.request({ ...request, schema: spaceStatisticsPage })).items;
      },
    });
    const bySpace = new Map(found.map((item) => [item.space, item]));
    return names.flatMap((space) => bySpace.get(space) ?? []);
  }
}
