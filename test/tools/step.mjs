// Runs one tool as a step of the test run: output held back, time limited, the whole process tree ended with it.
import { spawn } from "node:child_process";

const running = new Set();

function endGroup(child, signal) {
  try {
    process.kill(process.platform === "win32" ? child.pid : -child.pid, signal);
  } catch {
    // It has ended already.
  }
}

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    for (const child of running) endGroup(child, "SIGKILL");
    process.exit(130);
  });
}

/**
 * Runs `node SCRIPT ARGS` and resolves to `{ok, output}`; never rejects. What hangs is stopped after some minutes, more than
 * a busy machine takes.
 * `progress: true` lets the tool's stderr through as it comes.
 */
export function runNode(script, args, { cwd, env = {}, minutes = 20, progress = false }) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd,
      // Packing runs the `prepare` script, and a test run must not change the clone's hooks.
      env: { ...process.env, NO_COLOR: "1", SKIP_INSTALL_SIMPLE_GIT_HOOKS: "1", ...env },
      stdio: ["ignore", "pipe", progress ? "inherit" : "pipe"],
      detached: process.platform !== "win32",
    });
    running.add(child);
    const chunks = [];
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.stderr?.on("data", (chunk) => chunks.push(chunk));
    const timer = setTimeout(() => {
      chunks.push(Buffer.from(`\nstopped: not done after ${minutes} minutes\n`));
      endGroup(child, "SIGKILL");
    }, minutes * 60_000);
    const settle = (ok, more = "") => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ ok, output: Buffer.concat(chunks).toString("utf8") + more });
    };
    child.once("error", (error) => settle(false, error.message));
    child.once("close", (code) => settle(code === 0));
  });
}
