import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  FilesAPI,
  type FileUploadId,
  HTTPClient,
  isAbortError,
  isInputError,
  type UploadProgress,
} from "../../src/index.js";
import { heldBuffers } from "../tools/held-buffers.js";
import { keepAliveTimeout } from "../tools/keep-alive.js";
import { scriptedServer } from "../tools/scripted-server.js";
import { clientOf, dataPlane, idOf } from "./data-plane.js";

const file = idOf("file");
const mebibyte = 1024 * 1024;
const partSize = 5 * mebibyte;

/** Bytes that differ from place to place. */
function bytes(length: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(length);
  for (let place = 0; place < length; place += 1) all[place] = (place * 31 + (place >> 12)) % 251;
  return all;
}

/** A stream in chunks of odd sizes. */
function streamOf(content: Uint8Array, chunk = 700_001): ReadableStream<Uint8Array> {
  let from = 0;
  return new ReadableStream({
    pull(controller) {
      if (from < content.length) controller.enqueue(content.subarray(from, from + chunk));
      else controller.close();
      from += chunk;
    },
  });
}

/** A stream of what should not be in one. */
function chunksOf(...chunks: readonly unknown[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk as Uint8Array);
      controller.close();
    },
  });
}

function lockedStream(): ReadableStream<Uint8Array> {
  const stream = streamOf(new Uint8Array(1));
  stream.getReader();
  return stream;
}

async function bytesOf(blob: Blob): Promise<Buffer> {
  return Buffer.from(await blob.arrayBuffer());
}

/** The calls that a client made, `METHOD path`, without what is random in them. */
function recorded(): { readonly fetch: (request: Request) => Promise<Response>; readonly calls: string[] } {
  const calls: string[] = [];
  const fetch = (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    calls.push(
      `${request.method} ${pathname.replace(/^\/api\/v1\/projects\/demo|\/demo$/g, "")}${search.replace(/^\?key=\w+$/, "")}`,
    );
    return globalThis.fetch(request);
  };
  return { fetch, calls };
}

async function nodeOf(client: { readonly http: HTTPClient }): Promise<unknown> {
  const source = { type: "view", space: "cdf_cdm", externalId: "CogniteFile", version: "v1" };
  const answer = await client.http.request<{ items: { properties: Record<string, Record<string, unknown>> }[] }>({
    method: "POST",
    path: "/models/instances/byids",
    body: { items: [{ instanceType: "node", ...file.instanceId }], sources: [{ source }] },
  });
  return answer.items[0]?.properties["cdf_cdm"]?.["CogniteFile/v1"];
}

describe("contents of files", () => {
  it.each([
    ["a text", "a;b\nø", "a;b\nø"],
    ["bytes", new TextEncoder().encode("xbytesx").subarray(1, 6), "bytes"],
    ["an ArrayBuffer", new TextEncoder().encode("buffer").buffer as ArrayBuffer, "buffer"],
    ["bytes that are shared", sharedBytes("shared"), "shared"],
    ["a Blob", new Blob(["blob"], { type: "text/x-blob" }), "blob"],
    ["a stream", streamOf(new TextEncoder().encode("stream"), 4), "stream"],
    ["nothing", "", ""],
    ["a stream of nothing", streamOf(new Uint8Array()), ""],
  ])("contract 11.2: go up and come back: %s", async (_what, content, text) => {
    const { client } = await dataPlane();
    const files = new FilesAPI(client);
    const uploaded = await files.upload(file, content);
    expect(uploaded).toMatchObject({ ...file, name: "file.csv", directory: "/d", bytes: Buffer.byteLength(text) });
    expect(uploaded).not.toHaveProperty("uploadUrl");
    const blob = await files.download(file);
    expect([await blob.text(), blob.type]).toEqual([text, "text/csv"]);
    expect(await new Response(await files.downloadStream(file)).text()).toBe(text);
    expect(await nodeOf(client)).toMatchObject({ isUploaded: true, uploadedTime: expect.stringMatching(/^20\d\d-/) });
  });

  it("have the type that is given, or the file's, or the Blob's, or none in particular", async () => {
    const { client } = await dataPlane();
    const files = new FilesAPI(client);
    const typeOf = async (id: FileUploadId) => (await files.download(id)).type;
    await files.upload(file, "a", { mimeType: "text/x-given" });
    expect(await typeOf(file)).toBe("text/x-given");
    await files.upload(idOf("other"), new Blob(["a"], { type: "text/x-blob" }));
    expect(await typeOf(idOf("other"))).toBe("text/x-blob");
    await files.upload(idOf("other"), "a");
    expect(await typeOf(idOf("other"))).toBe("application/octet-stream");
  });

  it("go up and come back whatever the file's node says of their type", async () => {
    const { client } = await dataPlane({ fetch: globalThis.fetch });
    const source = { type: "view", space: "cdf_cdm", externalId: "CogniteFile", version: "v1" } as const;
    const sources = [{ source, properties: { mimeType: "text/plain\nx-header: →" } }];
    await client.instances.upsert([{ instanceType: "node", ...idOf("odd").instanceId, sources }], {});
    const files = new FilesAPI(client);
    await files.upload(idOf("odd"), "a");
    expect(await (await files.download(idOf("odd"))).text()).toBe("a");
  });

  it.each([
    ["bytes", (content: Uint8Array<ArrayBuffer>) => content, {}, 3],
    ["a Blob", (content: Uint8Array<ArrayBuffer>) => new Blob([content]), {}, 3],
    ["a stream of known size", streamOf, { size: 12 * mebibyte }, 3],
    ["a stream of unknown size", streamOf, {}, 250],
  ])("go up in parts when they are longer than one: %s", async (_what, make, args, parts) => {
    const { fetch, calls } = recorded();
    const { client } = await dataPlane({ fetch });
    const content = bytes(12 * mebibyte);
    const progress: UploadProgress[] = [];
    calls.length = 0;
    const files = new FilesAPI(client);
    const uploaded = await files.upload(file, make(content), {
      ...args,
      partSize,
      onProgress: (step) => progress.push(step),
    });
    expect(uploaded.bytes).toBe(content.length);
    expect(calls.sort()).toEqual([
      "POST /files/completemultipartupload",
      `POST /files/multiuploadlink?parts=${parts}`,
      ...Array(3).fill("PUT /storage"),
    ]);
    const total = _what.endsWith("unknown size") ? undefined : content.length;
    expect(progress).toHaveLength(3);
    expect(progress.at(-1)).toEqual({ sent: content.length, total });
    expect((await bytesOf(await files.download(file))).equals(content)).toBe(true);
  });

  it("go up in one piece when they are as long as a part", async () => {
    const { fetch, calls } = recorded();
    const { client } = await dataPlane({ fetch });
    calls.length = 0;
    await new FilesAPI(client).upload(file, streamOf(bytes(partSize)), { partSize });
    expect(calls).toEqual(["POST /files/uploadlink", "PUT /storage"]);
  });

  it("can be had by links, for many files at once and in their order", async () => {
    const { client } = await dataPlane();
    const files = new FilesAPI(client);
    await files.upload(file, "1");
    await files.upload(idOf("other"), "2");
    const ids = Array.from({ length: 150 }, (_, place) => (place % 3 === 0 ? file : idOf("other")));
    const links = await files.downloadLinks(ids, { extendedExpiration: true });
    expect(links.map(({ instanceId }) => instanceId)).toEqual(ids.map(({ instanceId }) => instanceId));
    expect(await (await fetch(links[148]!.downloadUrl)).text()).toBe("2");
    expect(new Set(links.map(({ downloadUrl }) => downloadUrl)).size).toBe(150);
  });
});

describe("files that do not exist", () => {
  it("are named as missing", async () => {
    const { client } = await dataPlane();
    const files = new FilesAPI(client);
    const missing = { status: 400, missing: [idOf("nobody")] };
    await expect(files.upload(idOf("nobody"), "a")).rejects.toMatchObject(missing);
    await expect(files.upload(idOf("nobody"), bytes(partSize + 1), { partSize })).rejects.toMatchObject(missing);
    await expect(files.download(idOf("nobody"))).rejects.toMatchObject(missing);
    await expect(files.downloadLinks([{ id: 1 }, { externalId: "x" }])).rejects.toMatchObject({
      missing: [{ id: 1 }, { externalId: "x" }],
    });
    await expect(files.downloadStream(file)).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining("no content yet"),
    });
  });
});

describe("wrong arguments", () => {
  const files = () => new FilesAPI(clientOf("http://127.0.0.1:1"));
  it.each([
    ["an id that uploads do not take", () => files().upload({ id: 1 } as never, "a"), "id"],
    ["a content of another kind", () => files().upload(file, 5 as never), "content"],
    ["parts too small", () => files().upload(file, "a", { partSize: partSize - 1 }), "partSize"],
    ["parts too large", () => files().upload(file, "a", { partSize: 4000 * mebibyte + 1 }), "partSize"],
    ["a size that is none", () => files().upload(file, streamOf(bytes(1)), { size: -1 }), "size"],
    ["a content too large", () => files().upload(file, streamOf(bytes(1)), { size: 1e13 }), "content"],
    ["no id", () => files().downloadLinks([file, {} as never]), "ids[1]"],
    ["no ids", () => files().downloadLinks(null as never), "ids"],
    ["a type that no header can hold", () => files().upload(file, "a", { mimeType: "a\nb" }), "mimeType"],
    ["a stream that another reads", () => files().upload(file, lockedStream()), "content"],
    ["a stream of texts", () => files().upload(file, chunksOf("text")), "content"],
    ["a stream of buffers", () => files().upload(file, chunksOf(new ArrayBuffer(4))), "content"],
    ["a stream of nothing at all", () => files().upload(file, chunksOf(null)), "content"],
  ])("are found before anything is sent: %s", async (_what, call, path) => {
    const error: unknown = await call().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ path });
    expect(isInputError(error)).toBe(true);
  });

  it.each([
    ["shorter", 3, 4],
    ["longer", 5, 4],
    ["shorter, in parts", partSize + 1, partSize * 2],
    ["longer, in parts", partSize * 3, partSize + 1],
  ])("a stream that is %s than was said leaves the file as it was", async (_what, real, said) => {
    const { client } = await dataPlane({ fetch: globalThis.fetch });
    const api = new FilesAPI(client);
    await api.upload(file, "before");
    const stream = streamOf(bytes(real));
    const error: unknown = await api.upload(file, stream, { size: said, partSize }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "INPUT.SIZE" });
    // Cancelled, it has nothing more to give, and nobody holds it.
    expect(await stream.getReader().read()).toEqual({ done: true, value: undefined });
    expect(await (await api.download(file)).text()).toBe("before");
  });
});

/** A server of its own, as a storage is, that remembers what came and answers as told. */
async function storageServer(serve: (request: IncomingMessage, response: ServerResponse) => void): Promise<{
  readonly url: string;
  readonly seen: { readonly method: string; readonly headers: IncomingMessage["headers"] }[];
}> {
  const seen: { readonly method: string; readonly headers: IncomingMessage["headers"] }[] = [];
  const server = createServer({ keepAliveTimeout }, (request, response) => {
    seen.push({ method: request.method ?? "", headers: request.headers });
    serve(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

/** The API of a service whose links lead to another server. */
async function elsewhere(
  links: Readonly<Record<string, unknown>>,
): Promise<{ readonly files: FilesAPI; readonly calls: () => string[] }> {
  const server = await scriptedServer(({ url }) => ({
    status: 200,
    body: links[url.replace(/^.*\/files\/|\?.*$/g, "")] ?? {},
  }));
  onTestFinished(() => server.close());
  const http = new HTTPClient({
    baseUrl: server.url,
    project: "demo",
    application: "tests",
    credentials: { getToken: async () => ({ token: "planted-token-1" }) },
    retry: { baseDelay: 1, attempts: 3 },
  });
  return {
    files: new FilesAPI({ http }),
    calls: () => server.received.map(({ url }) => url.replace(/^.*\/files\//, "")),
  };
}

const taken = (request: IncomingMessage, response: ServerResponse): void => {
  request.resume().on("end", () => response.writeHead(201).end());
};

describe("a storage elsewhere", () => {
  it("never sees the token, nor the client's headers", async () => {
    const storage = await storageServer((request, response) =>
      request.method === "PUT" ? taken(request, response) : response.end("content"),
    );
    const { files } = await elsewhere({
      // Bare, as one of the two forms of contract 11.2.
      uploadlink: { id: 1, uploadUrl: `${storage.url}/up?signature=secret` },
      multiuploadlink: { items: [{ id: 1, uploadId: "u", uploadUrls: [`${storage.url}/1`, `${storage.url}/2`] }] },
      downloadlink: { items: [{ downloadUrl: `${storage.url}/down` }] },
    });
    await files.upload(file, "a");
    await files.upload(file, bytes(partSize + 1), { partSize });
    expect(await (await files.download(file)).text()).toBe("content");
    expect(storage.seen.map(({ method }) => method)).toEqual(["PUT", "PUT", "PUT", "GET"]);
    for (const { headers } of storage.seen) {
      expect(JSON.stringify(headers)).not.toMatch(/planted-token|authorization|x-cdp/);
    }
    expect(storage.seen[0]?.headers).toMatchObject({
      "content-type": "application/octet-stream",
      "content-length": "1",
    });
    expect(storage.seen[1]?.headers).toHaveProperty("content-length", String(partSize));
  });

  it("may be named relative to the service", async () => {
    const storage = await storageServer(taken);
    const path = new URL("/files/uploadlink", storage.url);
    const http = new HTTPClient({
      baseUrl: storage.url,
      project: "demo",
      application: "tests",
      credentials: { getToken: async () => ({ token: "t" }) },
      fetch: async (request) =>
        request.url.endsWith(path.pathname) ? Response.json({ id: 1, uploadUrl: "/relative/key" }) : fetch(request),
    });
    await new FilesAPI({ http }).upload(file, "a");
    expect(storage.seen.map(({ method }) => method)).toEqual(["PUT"]);
  });

  it("is asked once more by a fresh link when the first one has run out, and no more than that", async () => {
    let refusals = 1;
    const storage = await storageServer((_request, response) => {
      refusals -= 1;
      if (refusals >= 0) response.writeHead(403).end("expired");
      else response.end("content");
    });
    const { files, calls } = await elsewhere({ downloadlink: { items: [{ downloadUrl: storage.url }] } });
    expect(await (await files.download(file)).text()).toBe("content");
    expect(calls()).toEqual(["downloadlink", "downloadlink"]);
    refusals = 5;
    await expect(files.downloadStream(file)).rejects.toMatchObject({ code: "API.FORBIDDEN", status: 403 });
    expect(calls()).toHaveLength(4);
  });

  it("gets a part again that it did not take, and only that", async () => {
    let refusals = 1;
    const storage = await storageServer((request, response) => {
      request.resume().on("end", () => {
        refusals -= request.url === "/1" ? 1 : 0;
        response.writeHead(request.url === "/1" && refusals === 0 ? 503 : 201).end();
      });
    });
    const uploadUrls = [0, 1, 2].map((part) => `${storage.url}/${part}`);
    const { files, calls } = await elsewhere({ multiuploadlink: { id: 1, uploadId: "u", uploadUrls } });
    await files.upload(file, streamOf(bytes(partSize * 2 + 1)), { partSize });
    expect(storage.seen).toHaveLength(4);
    expect(calls()).toEqual(["multiuploadlink?parts=250", "completemultipartupload"]);
  });

  it("ends the upload when it refuses a part, without completing it", async () => {
    const storage = await storageServer((request, response) => {
      request.resume().on("end", () => response.writeHead(request.url === "/1" ? 400 : 201).end());
    });
    const uploadUrls = [0, 1, 2].map((part) => `${storage.url}/${part}`);
    const { files, calls } = await elsewhere({ multiuploadlink: { id: 1, uploadId: "u", uploadUrls } });
    await expect(files.upload(file, bytes(partSize * 2 + 1), { partSize })).rejects.toMatchObject({ status: 400 });
    expect(calls()).toEqual(["multiuploadlink?parts=3"]);
  });

  it("is not sent more parts than it has places for", async () => {
    const storage = await storageServer(taken);
    const { files, calls } = await elsewhere({ multiuploadlink: { id: 1, uploadId: "u", uploadUrls: [storage.url] } });
    await expect(files.upload(file, streamOf(bytes(partSize + 1)), { partSize })).rejects.toMatchObject({
      code: "INPUT.SIZE",
      hint: expect.stringContaining("partSize"),
    });
    expect(calls()).toEqual(["multiuploadlink?parts=250"]);
  });

  it("is not believed when the service gives too few links", async () => {
    const { files } = await elsewhere({ downloadlink: { items: [] } });
    await expect(files.download(file)).rejects.toMatchObject({ code: "RESPONSE.SCHEMA" });
  });
});

describe("an upload of a long stream", () => {
  it("holds no more than the parts that are under way", async () => {
    const storage = await storageServer(taken);
    const uploadUrls = Array.from({ length: 250 }, (_, part) => `${storage.url}/${part}`);
    const { files } = await elsewhere({ multiuploadlink: { id: 1, uploadId: "u", uploadUrls } });
    const before = heldBuffers();
    let left = 300;
    let peak = 0;
    const long = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (left % 30 === 0) peak = Math.max(peak, heldBuffers() - before);
        left -= 1;
        if (left >= 0) controller.enqueue(new Uint8Array(mebibyte));
        else controller.close();
      },
    });
    expect((await files.upload(file, long, { partSize })).bytes).toBe(300 * mebibyte);
    expect(storage.seen).toHaveLength(60);
    expect(peak).toBeLessThan(60 * mebibyte);
  });
});

describe("an upload that is stopped", () => {
  it("stops its parts and its stream at once, and leaves the file as it was", async () => {
    const open = new Set<IncomingMessage>();
    // It takes everything, and never says so.
    const storage = await storageServer((request, response) => {
      open.add(request.resume());
      response.on("close", () => open.delete(request));
    });
    const uploadUrls = Array.from({ length: 250 }, (_, part) => `${storage.url}/${part}`);
    const { files, calls } = await elsewhere({ multiuploadlink: { id: 1, uploadId: "u", uploadUrls } });
    let cancelled: unknown;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(mebibyte)),
      cancel: (reason) => {
        cancelled = reason ?? "cancelled";
      },
    });
    const stop = new AbortController();
    const upload = files
      .upload(file, endless, { partSize }, { signal: stop.signal })
      .catch((reason: unknown) => reason);
    await expect.poll(() => open.size).toBe(4);
    const reason = new Error("enough");
    stop.abort(reason);
    const error = await upload;
    expect(isAbortError(error)).toBe(true);
    expect(error).toMatchObject({ code: "ABORT.SIGNAL", reason });
    expect(cancelled).toBeDefined();
    await expect.poll(() => open.size).toBe(0);
    expect(calls()).toEqual(["multiuploadlink?parts=250"]);
  });

  it("does not wait for a stream that stalls", async () => {
    const stop = new AbortController();
    const stalled = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => {}) });
    const files = new FilesAPI(clientOf("http://127.0.0.1:1"));
    const upload = files.upload(file, stalled, {}, { signal: stop.signal });
    setTimeout(() => stop.abort(), 5);
    await expect(upload).rejects.toMatchObject({ code: "ABORT.SIGNAL" });
  });

  it("does not begin to read a stream when it was stopped before", async () => {
    const stalled = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => {}) });
    const upload = new FilesAPI(clientOf("http://127.0.0.1:1")).upload(
      file,
      stalled,
      {},
      { signal: AbortSignal.abort() },
    );
    await expect(upload).rejects.toMatchObject({ code: "ABORT.SIGNAL" });
  });

  it("fails with what its stream fails with", async () => {
    const files = new FilesAPI(clientOf("http://127.0.0.1:1"));
    const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error("disk")) });
    await expect(files.upload(file, broken)).rejects.toThrow("disk");
  });
});

describe("a download as a stream", () => {
  /** Sends some MiB, as fast as they are taken. */
  const sends = (count: number) => (_request: IncomingMessage, response: ServerResponse) => {
    const chunk = Buffer.alloc(mebibyte, 1);
    let left = count;
    const next = (): void => {
      for (; left > 0; left -= 1)
        if (!response.write(chunk))
          return void response.once("drain", () => {
            left -= 1;
            next();
          });
      response.end();
    };
    next();
  };

  it("holds no more than a little of a large content", async () => {
    const storage = await storageServer(sends(300));
    const { files } = await elsewhere({ downloadlink: { items: [{ downloadUrl: storage.url }] } });
    const stream = await files.downloadStream(file);
    const reader = stream.getReader();
    const before = heldBuffers();
    let peak = 0;
    let length = 0;
    let looked = 0;
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      length += step.value.length;
      if (length < looked + 30 * mebibyte) continue;
      looked = length;
      peak = Math.max(peak, heldBuffers() - before);
    }
    expect(length).toBe(300 * mebibyte);
    expect(peak).toBeLessThan(20 * mebibyte);
  });

  it("can be stopped by its signal, and by its reader", async () => {
    let closed = 0;
    const storage = await storageServer((_request, response) => {
      response.on("close", () => {
        closed += 1;
      });
      response.write("begin");
    });
    const { files } = await elsewhere({ downloadlink: { items: [{ downloadUrl: storage.url }] } });
    const stop = new AbortController();
    const stopped = (await files.downloadStream(file, { signal: stop.signal })).getReader();
    expect(new TextDecoder().decode((await stopped.read()).value)).toBe("begin");
    const rest = stopped.read();
    stop.abort("enough");
    await expect(rest).rejects.toMatchObject({ code: "ABORT.SIGNAL", reason: "enough" });
    await (await files.downloadStream(file)).cancel();
    await expect.poll(() => closed).toBe(2);
  });

  it("says when it breaks off", async () => {
    const storage = await storageServer((_request, response) => {
      response.writeHead(200, { "content-length": "10" });
      response.write("begin", () => response.destroy());
    });
    const { files } = await elsewhere({ downloadlink: { items: [{ downloadUrl: storage.url }] } });
    await expect(files.download(file)).rejects.toMatchObject({
      code: "NETWORK.FAILED",
      message: "The download broke off.",
    });
  });

  it("is empty where there is no body", async () => {
    const storage = await storageServer((_request, response) => response.writeHead(204).end());
    const { files } = await elsewhere({ downloadlink: { items: [{ downloadUrl: storage.url }] } });
    expect((await files.download(file)).size).toBe(0);
  });
});

function sharedBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(new SharedArrayBuffer(text.length));
  bytes.set(new TextEncoder().encode(text));
  return bytes;
}
