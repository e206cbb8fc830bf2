import type { ResourceId } from "./resource-id.js";

/** Body of `POST /files/byids` and `/timeseries/byids`. */
export interface ResourcesByIdsRequest {
  readonly items: readonly ResourceId[];
  /** @defaultValue false */
  readonly ignoreUnknownIds?: boolean;
}

/** Body of `POST /files/list` and `/timeseries/list`. */
export interface ResourcesListRequest<F> {
  readonly filter?: F;
  /** @defaultValue 100 */
  readonly limit?: number;
  readonly cursor?: string;
}

/** Which files to list: those for which all that is given holds. */
export interface FileFilter {
  readonly name?: string;
  readonly mimeType?: string;
  readonly directoryPrefix?: string;
  readonly uploaded?: boolean;
}

/** Which time series to list: those for which all that is given holds. */
export interface TimeSeriesFilter {
  readonly name?: string;
  readonly unit?: string;
  readonly isString?: boolean;
  readonly isStep?: boolean;
}
