import { Worker } from "node:worker_threads";
import type { Job, JobResult, Workers } from "../index.js";
import { Problem } from "../problem.js";
import { busy } from "../this-thread.js";

/** Threads that do jobs. */
export interface ThreadPool extends Workers {
  /** Jobs under way, and those that wait for a thread. */
  counts(): { readonly active: number; readonly waiting: number };
  /** Ends the threads, and with them what they do. */
  close(): Promise<void>;
}

/** Options of {@link threadPool}. */
export interface ThreadPoolOptions {
  readonly threads: number;
  /** Jobs that may wait for a thread. */
  readonly queue: number;
  /** Megabytes that a thread may use; one that needs more ends with its job. */
  readonly memory: number;
  /** The file that they run. @defaultValue that of this package; programs in one file have to say where it is */
  readonly script?: URL | undefined;
}

/** A job, and who waits for it. */
interface Task {
  readonly job: Job;
  readonly milliseconds: number;
  resolve(result: JobResult): void;
  reject(reason: unknown): void;
}

/** What a thread answers. */
type Answer = { readonly result: JobResult } | { readonly failed: string };

/**
 * Starts threads that do jobs, so that this one stays free to answer. A job that takes too long, or is given up, ends with
 * its thread, and another thread takes its place.
 */
export function threadPool(options: ThreadPoolOptions): ThreadPool {
  const { threads, queue, memory, script = new URL("./worker.js", import.meta.url) } = options;
  const waiting: Task[] = [];
  const idle: Worker[] = [];
  /** What runs, and how it is ended. */
  const running = new Map<Task, (reason: unknown) => void>();
  const all = new Set<Worker>();
  let closed = false;
  let broken: unknown;

  const start = (): void => {
    if (closed) return;
    const worker = new Worker(script, { resourceLimits: { maxOldGenerationSizeMb: memory } });
    all.add(worker);
    worker.unref();
    rest(worker);
  };
  const rest = (worker: Worker): void => {
    idle.push(worker);
    worker.on("error", (error) => {
      // One that ends without work would end again: its file is missing, or cannot run.
      idle.splice(idle.indexOf(worker), 1);
      all.delete(worker);
      broken = error;
      for (const task of waiting.splice(0)) task.reject(error);
    });
    next();
  };
  const next = (): void => {
    const task = idle.length > 0 ? waiting.shift() : undefined;
    const worker = task && idle.pop();
    if (task && worker) begin(task, worker);
  };
  const begin = (task: Task, worker: Worker): void => {
    worker.removeAllListeners();
    const { milliseconds } = task;
    const late = () => end(new Problem(422, "LIMIT.TIME", `The model takes more than ${milliseconds} ms.`));
    const timer = setTimeout(late, milliseconds);
    const leave = (): void => {
      clearTimeout(timer);
      running.delete(task);
      worker.removeAllListeners();
    };
    /** The thread ends too: nothing else stops what runs in it. */
    const end = (reason: unknown): void => {
      leave();
      all.delete(worker);
      task.reject(reason);
      // How it ends is nobody's concern any more.
      worker.on("error", () => {});
      void worker.terminate();
      start();
    };
    running.set(task, end);
    worker.on("message", (answer: Answer) => {
      leave();
      if ("result" in answer) task.resolve(answer.result);
      else task.reject(new Error(answer.failed));
      rest(worker);
    });
    worker.on("error", (error: NodeJS.ErrnoException) => {
      const tooLarge = new Problem(422, "LIMIT.MEMORY", `The model takes more than ${memory} MB.`);
      end(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? tooLarge : error);
    });
    worker.postMessage(task.job);
  };
  const giveUp = (task: Task, reason: unknown): void => {
    const place = waiting.indexOf(task);
    if (place >= 0) waiting.splice(place, 1);
    const end = running.get(task) ?? task.reject;
    end(reason);
  };

  for (let count = 0; count < threads; count++) start();
  return {
    async run(job, { signal, milliseconds }) {
      signal.throwIfAborted();
      if (all.size === 0 && broken !== undefined) throw broken;
      if (closed || waiting.length >= queue) throw busy();
      const { promise, task } = taskOf(job, milliseconds);
      const stop = () => giveUp(task, signal.reason);
      signal.addEventListener("abort", stop);
      waiting.push(task);
      const timer = setTimeout(() => {
        if (waiting.includes(task)) giveUp(task, busy());
      }, milliseconds);
      next();
      try {
        return await promise;
      } finally {
        clearTimeout(timer);
        signal.removeEventListener("abort", stop);
      }
    },
    counts: () => ({ active: running.size, waiting: waiting.length }),
    async close() {
      closed = true;
      for (const task of [...waiting, ...running.keys()]) giveUp(task, busy());
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}

function taskOf(job: Job, milliseconds: number): { readonly promise: Promise<JobResult>; readonly task: Task } {
  let resolve: Task["resolve"] = () => {};
  let reject: Task["reject"] = () => {};
  const promise = new Promise<JobResult>((...both) => {
    [resolve, reject] = both;
  });
  return { promise, task: { job, milliseconds, resolve, reject } };
}
