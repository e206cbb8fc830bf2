import type {
  FileFilter,
  FileMetadata,
  Page,
  ResourcesByIdsRequest,
  ResourcesListRequest,
  TimeSeriesFilter,
  TimeSeriesMetadata,
} from "../../../models/index.js";
import { readCursor, writeCursor } from "../paging.js";
import type { ProjectState } from "../state.js";
import { FILE, fileMetadata } from "./files.js";
import { type DataContainer, findOwners, ownersAfter, propertyOf } from "./owners.js";
import { factsOf, TIME_SERIES } from "./series.js";
import type { Owner } from "./state.js";

/** Resources of a page where the request names no limit. */
const DEFAULT_LIMIT = 100;

/** Tells of the files that are named, as `POST /files/byids` does. */
export function filesByIds(state: ProjectState, request: ResourcesByIdsRequest): Page<FileMetadata> {
  return { items: byIds(state, request, FILE).map((owner) => fileMetadata(state, owner)) };
}

/** Tells of the files that are there, as `POST /files/list` does: those of the core model, and what properties name. */
export function listFiles(state: ProjectState, request: ResourcesListRequest<FileFilter>): Page<FileMetadata> {
  const { name, mimeType, directoryPrefix, uploaded } = request.filter ?? {};
  return page(
    state,
    FILE,
    request,
    (owner) => fileMetadata(state, owner),
    (file) =>
      equals(name, file.name) &&
      equals(mimeType, file.mimeType) &&
      equals(uploaded, file.uploaded) &&
      (directoryPrefix === undefined || file.directory?.startsWith(directoryPrefix) === true),
  );
}

/** Tells of the time series that are named, as `POST /timeseries/byids` does. */
export function seriesByIds(state: ProjectState, request: ResourcesByIdsRequest): Page<TimeSeriesMetadata> {
  return { items: byIds(state, request, TIME_SERIES).map(seriesMetadata) };
}

/** Tells of the time series that are there, as `POST /timeseries/list` does. */
export function listSeries(
  state: ProjectState,
  request: ResourcesListRequest<TimeSeriesFilter>,
): Page<TimeSeriesMetadata> {
  const { name, unit, isString, isStep } = request.filter ?? {};
  return page(
    state,
    TIME_SERIES,
    request,
    seriesMetadata,
    (series) =>
      equals(name, series.name) &&
      equals(unit, series.unit) &&
      equals(isString, series.isString) &&
      equals(isStep, series.isStep),
  );
}

function seriesMetadata(owner: Owner): TimeSeriesMetadata {
  const text = (property: string): string | undefined => {
    const value = propertyOf(owner, "CogniteDescribable", property);
    return typeof value === "string" ? value : undefined;
  };
  const [name, description] = [text("name"), text("description")];
  return {
    ...factsOf(owner),
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    createdTime: owner.createdTime,
    lastUpdatedTime: owner.lastUpdatedTime,
  };
}

function byIds(
  state: ProjectState,
  { items, ignoreUnknownIds }: ResourcesByIdsRequest,
  container: DataContainer,
): readonly Owner[] {
  return findOwners(state, items, container, ignoreUnknownIds).map(({ owner }) => owner);
}

function page<T extends { readonly id: number }>(
  state: ProjectState,
  container: DataContainer,
  { limit = DEFAULT_LIMIT, cursor }: ResourcesListRequest<object>,
  shown: (owner: Owner) => T,
  matches: (item: T) => boolean,
): Page<T> {
  const after = cursor === undefined ? 0 : Number(readCursor(container, cursor));
  const items: T[] = [];
  for (const owner of ownersAfter(state, container, after)) {
    const item = shown(owner);
    if (!matches(item)) continue;
    const last = items.at(-1);
    if (last && items.length === limit) return { items, nextCursor: writeCursor(container, String(last.id)) };
    items.push(item);
  }
  return { items };
}

function equals<T>(wanted: T | undefined, value: T | undefined): boolean {
  return wanted === undefined || wanted === value;
}
