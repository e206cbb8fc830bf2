/** What becomes of an answer. */
export interface Sending {
  /** Milliseconds for its body to be taken. */
  readonly milliseconds: number;
  /** Told once when it is over: it was taken, given up, or is late. */
  over(isLate: boolean): void;
  /** Ends the connection that it goes out by. @defaultValue the body fails, which is for whoever reads it */
  readonly disconnect: (() => void) | undefined;
}

/** The same answer, the rest of whose body is dropped where it is late: who reads slowly holds no memory for longer. */
export function untilSent(response: Response, { milliseconds, over, disconnect }: Sending): Response {
  const reader = response.body?.getReader();
  if (!reader) {
    over(false);
    return response;
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = (isLate: boolean): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    over(isLate);
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        timer = setTimeout(() => {
          end(true);
          if (disconnect) disconnect();
          else controller.error(new Error(`the answer was not taken in ${milliseconds} ms`));
          reader.cancel().catch(() => {});
        }, milliseconds);
      },
      async pull(controller) {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        end(false);
        controller.close();
      },
      cancel(reason) {
        end(false);
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, response);
}
