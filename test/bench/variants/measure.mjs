// What every variant does around its work: take the time, the CPU and the peak memory, and print them.

const [, , address = "", given = "{}"] = process.argv;

/** Where the stub is, and what the variant was told. */
export const baseUrl = address;
export const settings = JSON.parse(given);
export const headers = { authorization: "Bearer bench", "content-type": "application/json" };
export const project = `${baseUrl}/api/v1/projects/bench`;

/** Runs the work once; `work` answers with how many things it did, which must be as many as expected. */
export async function measure(expected, work) {
  const cpu = process.cpuUsage();
  const started = performance.now();
  const count = await work();
  const ms = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  if (count !== expected) throw new Error(`expected ${expected}, got ${count}`);
  report({ ms, cpu: (user + system) / 1_000, rss: process.resourceUsage().maxRSS / 1_024 });
}

/** Prints what was measured, and the CPU of the whole process, by which the machine's other work is told. */
export function report(result) {
  const { user, system } = process.cpuUsage();
  process.stdout.write(`${JSON.stringify({ ...result, total: (user + system) / 1_000 })}\n`, () => process.exit(0));
}

/** What the program does with a page besides reading it. */
export async function consume(page) {
  const { consumer, milliseconds = 5 } = settings;
  if (consumer === "async") await new Promise((resolve) => setTimeout(resolve, milliseconds));
  if (consumer === "busy") {
    const until = performance.now() + milliseconds;
    while (performance.now() < until);
  }
  return page.length;
}

/** Runs calls so many at a time. */
export async function pooled(count, concurrency, call) {
  let next = 0;
  let done = 0;
  const work = async () => {
    while (next < count) {
      const at = next;
      next += 1;
      const did = await call(at);
      done += did;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return done;
}
