// Loaded into a process and each of its threads by `--import`, with `--expose-gc`: asked by a message, tells what is alive.
import { BroadcastChannel, isMainThread, threadId } from "node:worker_threads";

/** Bytes that are alive in this thread. */
function alive() {
  // What one collection lets go of may hold what only the next one finds.
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  return { thread: threadId, heapUsed, arrayBuffers, rss };
}

const questions = new BroadcastChannel("live-memory");
const answers = new BroadcastChannel("live-memory-answers");

if (isMainThread) {
  answers.onmessage = ({ data }) => process.send(data);
  process.on("message", () => {
    process.send(alive());
    questions.postMessage("");
  });
  // Of this test, not of what it watches: neither keeps the process.
  process.channel.unref();
} else {
  questions.onmessage = () => answers.postMessage(alive());
}
questions.unref();
answers.unref();
