import { useCallback, useEffect, useRef, useState } from "react";

/** How many rows are shown at first, and how many more each time. */
const STEP = 24;

/** Rows of a stream, as far as they were asked for. */
export interface Rows<Row> {
  readonly rows: readonly Row[];
  readonly phase: "loading" | "more" | "all" | "failed";
  readonly error?: unknown;
  /** Takes more rows from the stream. */
  more(): void;
  /** Starts anew. */
  again(): void;
  /** Puts a row in the place of the one it is a newer state of. */
  replace(isSame: (row: Row) => boolean, row: Row): void;
}

type State<Row> = Pick<Rows<Row>, "rows" | "phase" | "error">;

/**
 * Reads a stream step by step, and stops it when another takes its place.
 *
 * @param open - opens the stream; a new function starts anew
 */
export function useRows<Row>(open: (signal: AbortSignal) => AsyncIterable<Row>): Rows<Row> {
  const [state, setState] = useState<State<Row>>({ rows: [], phase: "loading" });
  const [attempt, setAttempt] = useState(0);
  const take = useRef<() => Promise<void>>(undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt opens the stream again
  useEffect(() => {
    const stop = new AbortController();
    const stream = open(stop.signal)[Symbol.asyncIterator]();
    // The rows of the stream before stay until the first of this one are there.
    const step = async (isFirst: boolean): Promise<void> => {
      setState(({ rows }) => ({ rows, phase: "loading" }));
      const next = await takeFrom(stream, STEP);
      if (stop.signal.aborted) return;
      const { rows, phase, ...failure } = next;
      setState((old) => ({ rows: isFirst ? rows : [...old.rows, ...rows], phase, ...failure }));
    };
    take.current = () => step(false);
    void step(true);
    return () => stop.abort();
  }, [open, attempt]);

  const more = useCallback(() => void take.current?.(), []);
  const again = useCallback(() => setAttempt((count) => count + 1), []);
  const replace = useCallback<Rows<Row>["replace"]>((isSame, row) => {
    setState((old) => ({ ...old, rows: old.rows.map((each) => (isSame(each) ? row : each)) }));
  }, []);
  return { ...state, more, again, replace };
}

async function takeFrom<Row>(stream: AsyncIterator<Row>, count: number): Promise<State<Row>> {
  const rows: Row[] = [];
  try {
    while (rows.length < count) {
      const next = await stream.next();
      if (next.done) return { rows, phase: "all" };
      rows.push(next.value);
    }
    return { rows, phase: "more" };
  } catch (error) {
    return { rows, phase: "failed", error };
  }
}
