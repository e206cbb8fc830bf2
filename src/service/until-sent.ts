/**
 * The same answer, which tells once when it is over: its body was taken, given up, or not taken in time, after which the rest
 * of it is dropped. Who reads slowly holds no memory for longer.
 */
export function untilSent(response: Response, milliseconds: number, over: () => void): Response {
  const reader = response.body?.getReader();
  if (!reader) {
    over();
    return response;
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = (): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    over();
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        timer = setTimeout(() => {
          end();
          controller.error(new Error(`the answer was not taken in ${milliseconds} ms`));
          reader.cancel().catch(() => {});
        }, milliseconds);
      },
      async pull(controller) {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        end();
        controller.close();
      },
      cancel(reason) {
        end();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, response);
}
