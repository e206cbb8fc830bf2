// What runs in each thread of the pool: a job comes in, its result goes out.
import { parentPort } from "node:worker_threads";
import { redact } from "../../errors/index.js";
import { type Job, runJob } from "../job.js";

parentPort?.on("message", async (job: Job) => {
  try {
    const result = await runJob(job);
    parentPort?.postMessage({ result }, result.kind === "archive" ? [result.bytes.buffer] : []);
  } catch (error) {
    parentPort?.postMessage({
      failed: redact(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    });
  }
});
