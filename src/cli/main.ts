import { processIo } from "./io.js";
import { run } from "./run.js";

// Not awaited at the top: in the one file of the command line, what is loaded on first use stands after this.
void run(process.argv.slice(2), processIo()).then((code) => {
  process.exitCode = code;
});
