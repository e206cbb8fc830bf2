// What importing costs: `node import.mjs ADDRESS {"module": file or name}`.
import { report, settings } from "./measure.mjs";

const started = performance.now();
await import(settings.module);
report({ ms: performance.now() - started });
