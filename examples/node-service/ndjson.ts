/**
 * Answers with rows as they come: a line is read from the query when the caller takes one, and the query is stopped when
 * the caller goes away.
 *
 * @param stop - is aborted to stop the query
 * @throws what the query throws before its first row, while the status of the answer can still tell
 */
export async function ndjson(rows: AsyncIterable<unknown>, stop: AbortController): Promise<Response> {
  const iterator = rows[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  let next = await iterator.next();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(stream) {
        if (next.done) return stream.close();
        stream.enqueue(encoder.encode(`${JSON.stringify(next.value)}\n`));
        // What fails from here on breaks the connection off: the caller sees that the answer is not whole.
        next = await iterator.next();
      },
      cancel: () => stop.abort(),
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers: { "content-type": "application/x-ndjson; charset=utf-8" } });
}
