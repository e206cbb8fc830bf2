import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CliIo } from "../../src/cli/io.js";
import { withProgress } from "../../src/cli/progress.js";
import { file, text } from "../ir/models.js";
import { pygen, temporaryFolder } from "./fixture.js";

const erase = "\r\u001b[2K";

/** A process whose clock stands still, and what it prints. */
function terminal(more: Partial<CliIo> = {}): { readonly io: CliIo; readonly told: string[] } {
  const told: string[] = [];
  const io: CliIo = {
    stdout: (line) => told.push(`out: ${line}`),
    stderr: (line) => told.push(line),
    stdin: () => Promise.resolve(""),
    env: {},
    cwd: "/",
    isTerminal: true,
    isErrorTerminal: true,
    stopped: () => Promise.resolve(),
    ...more,
  };
  return { io, told };
}

describe("progress", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is shown once a command takes longer than a second, until something else is printed", async () => {
    const { io, told } = terminal();
    await withProgress(io, async (step, shown) => {
      step("reading a");
      await vi.advanceTimersByTimeAsync(999);
      expect(told).toEqual([]);
      await vi.advanceTimersByTimeAsync(1);
      step("generating a");
      shown.stdout("done");
      step("reading b");
    });
    expect(told).toEqual([
      `${erase}reading a ...`,
      `${erase}generating a ...`,
      erase,
      "out: done",
      `${erase}reading b ...`,
      erase,
    ]);
  });

  it("is shown by the next step where work let no timer through, and goes away where it fails", async () => {
    const { io, told } = terminal();
    const work = withProgress(io, async (step) => {
      step("generating a");
      vi.spyOn(performance, "now").mockReturnValueOnce(1e9);
      step("writing a");
      throw new Error("no space");
    });
    await expect(work).rejects.toThrow("no space");
    expect(told).toEqual([`${erase}writing a ...`, erase]);
  });

  it.each([
    ["a command that ends within a second", {}, 500],
    ["errors that go elsewhere", { isErrorTerminal: false }, 5000],
    ["--quiet", { verbosity: "quiet" as const }, 5000],
  ])("is not shown for %s", async (_what, more, time) => {
    const { io, told } = terminal(more);
    await withProgress(io, async (step) => {
      step("reading");
      await vi.advanceTimersByTimeAsync(time);
    });
    expect(told).toEqual([]);
  });
});

it("of generate and validate changes nothing of what they print otherwise", async () => {
  const cwd = await temporaryFolder();
  await writeFile(path.join(cwd, "model.json"), JSON.stringify(file({ Pump: { properties: { name: text } } })));
  const generated = await pygen(["generate", "model.json", "--out", "sdk"], { cwd });
  expect(generated).toEqual({
    exitCode: 0,
    stdout: "2 files in sdk: 2 written, 0 unchanged, 0 removed\n",
    stderr: "",
  });
  expect((await pygen(["validate", "model.json"], { cwd })).stdout).toBe("0 errors, 0 warnings, 0 notes\n");
});
