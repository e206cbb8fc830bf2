import { isPygenError, NetworkError } from "../errors/index.js";
import { abortErrorOf, onAbort } from "../http/index.js";

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * The body of an answer as a stream that can be stopped, read only as fast as it is consumed. What goes wrong is one of
 * the package's errors.
 */
export function guardedBody(body: ReadableStream<Bytes>, signal: AbortSignal | undefined): ReadableStream<Bytes> {
  const reader = body.getReader();
  let end = (): void => {};
  return new ReadableStream<Bytes>(
    {
      start(controller) {
        // At once, whatever the transport makes of the signal.
        end = onAbort(signal, () => {
          controller.error(abortErrorOf(signal?.reason));
          reader.cancel(signal?.reason).catch(() => {});
        });
      },
      async pull(controller) {
        try {
          const step = await reader.read();
          if (!step.done) {
            controller.enqueue(step.value);
            return;
          }
          controller.close();
        } catch (error) {
          // A stream that was stopped stays as it is.
          controller.error(isPygenError(error) ? error : brokenOff(error));
        }
        end();
      },
      async cancel(reason) {
        end();
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

function brokenOff(cause: unknown): NetworkError {
  return new NetworkError("NETWORK.FAILED", "The download broke off.", { cause, hint: "Start it again." });
}

/** All of a stream. */
export async function blobOf(stream: ReadableStream<Bytes>, type: string): Promise<Blob> {
  const chunks: Bytes[] = [];
  const reader = stream.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) chunks.push(step.value);
  return new Blob(chunks, { type });
}
