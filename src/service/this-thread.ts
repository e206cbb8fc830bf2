import { runJob } from "./job.js";
import type { Workers } from "./options.js";
import { Problem } from "./problem.js";

/** The refusal of a job while there are too many. */
export function busy(): Problem {
  return new Problem(503, "LIMIT.CONCURRENT", "There is too much work now.", { headers: { "retry-after": "1" } });
}

/** Does jobs in this thread, one after another: for places without threads. One that runs cannot be stopped. */
export function thisThread(most: number): Workers {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  return {
    async run(job, { signal, milliseconds }) {
      if (waiting >= most) throw busy();
      waiting += 1;
      const asked = performance.now();
      const turn = last.then(() => {
        signal.throwIfAborted();
        // No timer could tell sooner: it waits for this thread too.
        if (performance.now() - asked > milliseconds) throw busy();
        return runJob(job);
      });
      last = turn.catch(() => {});
      try {
        return await turn;
      } finally {
        waiting -= 1;
      }
    },
  };
}
