// The store behind the fault server: instances by id, with versions, listed in the order they were first written.

const keyOf = ({ instanceType, space, externalId }) => `${instanceType}\n${space}\n${externalId}`;

const refusal = (status, message) => ({ status, body: { error: { code: status, message } } });

/** A small data modeling service: what it is asked by path, and what it answers as `{ status, body }`. */
export class FaultServerStore {
  /** @type {Map<string, object>} */
  #instances = new Map();
  #clock = 1;

  /** Every stored instance, as it is. */
  all() {
    return [...this.#instances.values()];
  }

  clear() {
    this.#instances.clear();
  }

  /** Writes over the items of a request as another client would, between that client's own requests. */
  overwrite(items) {
    for (const item of items) this.#write({ ...item, sources: [] }, "rival", { rival: true });
  }

  answer(path, body, requestId) {
    const items = body?.items ?? [];
    switch (path) {
      case "/models/instances":
        return this.#upsert(items, body, requestId);
      case "/models/instances/byids":
        return this.#page(items.flatMap((id) => this.#instances.get(keyOf(id)) ?? []));
      case "/models/instances/list":
        return this.#list(body ?? {});
      case "/models/instances/delete":
        return { status: 200, body: { items: items.filter((id) => this.#instances.delete(keyOf(id))) } };
      default:
        return { status: 200, body: { items: [] } };
    }
  }

  #upsert(items, { skipOnVersionConflict = false }, requestId) {
    const conflicting = new Set(items.filter((item) => this.#isNewer(item)));
    if (conflicting.size > 0 && !skipOnVersionConflict) {
      return refusal(409, "A version conflict caused the ingest to fail.");
    }
    const written = items.map((item) => {
      const stored = this.#instances.get(keyOf(item));
      if (conflicting.has(item)) return resultOf(stored, false);
      const properties = Object.assign({}, ...(item.sources ?? []).map((source) => source.properties));
      if (stored !== undefined && isPart(properties, stored.values)) return resultOf(stored, false);
      return resultOf(this.#write(item, requestId, properties), true);
    });
    return { status: 200, body: { items: written } };
  }

  #isNewer(item) {
    if (item.existingVersion === undefined) return false;
    const stored = this.#instances.get(keyOf(item));
    return stored !== undefined && stored.version > item.existingVersion;
  }

  #write(item, by, properties) {
    const stored = this.#instances.get(keyOf(item));
    const source = item.sources?.[0]?.source ?? stored?.source;
    this.#clock += 1;
    const next = {
      instanceType: item.instanceType,
      space: item.space,
      externalId: item.externalId,
      version: (stored?.version ?? 0) + 1,
      createdTime: stored?.createdTime ?? this.#clock,
      lastUpdatedTime: this.#clock,
      source,
      values: { ...stored?.values, ...properties },
      by,
    };
    this.#instances.set(keyOf(item), next);
    return next;
  }

  #list({ cursor, limit = 1000 }) {
    const from = cursor === undefined ? 0 : Number(cursor.slice("after-".length));
    const all = this.all();
    const page = this.#page(all.slice(from, from + limit));
    if (from + limit < all.length) page.body.nextCursor = `after-${from + limit}`;
    return page;
  }

  #page(instances) {
    return { status: 200, body: { items: instances.map(readable) } };
  }
}

function readable({ source, values, by: _by, ...instance }) {
  if (source === undefined) return instance;
  const name = source.version === undefined ? source.externalId : `${source.externalId}/${source.version}`;
  return { ...instance, properties: { [source.space]: { [name]: values } } };
}

function resultOf({ instanceType, space, externalId, version, createdTime, lastUpdatedTime }, wasModified) {
  return { instanceType, space, externalId, version, wasModified, createdTime, lastUpdatedTime };
}

function isPart(properties, values) {
  return Object.entries(properties).every(([name, value]) => JSON.stringify(values[name]) === JSON.stringify(value));
}
