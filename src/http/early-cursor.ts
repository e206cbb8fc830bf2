/** How much of an answer's end is searched. Cursors of all sets of a query fit. */
const tailLength = 16_384;

/**
 * The `nextCursor` at the end of an answer's text, found without reading the answer: a string, or an object of them by
 * set. A guess: `undefined` where the end has another form, and to be compared with the cursor of the answer once it is
 * read.
 */
export function cursorAtEnd(text: string): unknown {
  const tail = text.slice(-tailLength);
  const start = tail.lastIndexOf('"nextCursor"');
  if (start < 0) return undefined;
  try {
    // From the key on it is JSON again exactly when the key is one of the outermost object.
    return JSON.parse(`{${tail.slice(start)}`).nextCursor;
  } catch {
    return undefined;
  }
}

/** One turn of the event loop: what was sent just before leaves before long work begins, which it would wait for. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === "function") {
      setImmediate(resolve);
      return;
    }
    // Browsers delay repeated timers, but not messages.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}
