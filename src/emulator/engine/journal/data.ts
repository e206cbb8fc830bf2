import { Points } from "../data/points.js";
import {
  type Classic,
  type DataState,
  isNodeOwner,
  type Owner,
  type StoredContent,
  type StoredSequence,
} from "../data/state.js";
import type { ProjectState } from "../state.js";
import type { PackedContent, PackedData, PackedOwner, PackedPoints, PackedSequence } from "./records.js";

/** What is kept beside an owner, all of it. */
export function packData(data: DataState, owner: Owner): PackedData {
  const points = data.points.get(owner);
  const content = data.contents.get(owner);
  return {
    owner: packOwner(data, owner),
    ...(points ? { points: packPoints(points) } : {}),
    ...(content ? { content: packContent(content) } : {}),
  };
}

/** Whether anything is kept beside an owner. */
export function hasData(data: DataState, owner: Owner): boolean {
  return data.points.has(owner) || data.contents.has(owner);
}

/** A sequence with its rows. */
export function packSequence({ rows, ...facts }: StoredSequence): PackedSequence {
  return { ...facts, rows: [...rows].map(([number, values]) => [number, [...values]]) };
}

/** Keeps beside an owner what was packed; nothing for a node that is gone. */
export function applyData(state: ProjectState, { owner: packed, points, content }: PackedData): void {
  const owner = ownerOf(state, packed);
  if (!owner) return;
  if (points) state.data.points.set(owner, unpackPoints(points));
  if (content) state.data.contents.set(owner, unpackContent(content));
}

/** Puts a sequence in place of the one of its id. */
export function applySequence({ data }: ProjectState, { rows, ...facts }: PackedSequence): void {
  const sequence = {
    ...facts,
    name: facts.name,
    rows: new Map(rows.map(([number, values]) => [number, new Map(values)])),
  };
  data.sequences.set(sequence.externalId, sequence);
}

function packOwner(data: DataState, owner: Owner): PackedOwner {
  if (isNodeOwner(owner)) return { kind: "node", space: owner.space, externalId: owner.externalId };
  return { kind: data.series.get(owner.externalId) === owner ? "series" : "files", classic: owner };
}

function ownerOf(state: ProjectState, packed: PackedOwner): Owner | undefined {
  if (packed.kind === "node") return state.instances.get(packed);
  return kept(state.data[packed.kind], packed.classic);
}

function kept(classics: Map<string, Classic>, classic: Classic): Classic {
  const known = classics.get(classic.externalId) ?? classic;
  classics.set(classic.externalId, known);
  return known;
}

function packPoints(points: Points): PackedPoints {
  const all = Array.from({ length: points.size }, (_, place) => points.at(place));
  return all.map(({ timestamp, value, status }) => [timestamp, value, status]);
}

function unpackPoints(packed: PackedPoints): Points {
  const points = new Points();
  points.insert(packed.map(([timestamp, value, status]) => ({ timestamp, value, status })));
  return points;
}

function packContent({ chunks, mimeType }: StoredContent): PackedContent {
  return { ...(mimeType === undefined ? {} : { mimeType }), chunks: chunks.map(base64Of) };
}

function unpackContent({ mimeType, chunks: packed }: PackedContent): StoredContent {
  const chunks = packed.map((text) => Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0)));
  return { mimeType, chunks, bytes: chunks.reduce((sum, { length }) => sum + length, 0) };
}

/** Bytes that become a text at once: more would be too many arguments of a call. */
const BLOCK = 8192;

function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (let from = 0; from < bytes.length; from += BLOCK) {
    text += String.fromCharCode(...bytes.subarray(from, from + BLOCK));
  }
  return btoa(text);
}
