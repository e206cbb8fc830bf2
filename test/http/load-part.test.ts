import { describe, expect, it } from "vitest";
import { isConfigError } from "../../src/errors/index.js";
import { loadPart } from "../../src/http/index.js";

describe("a part that is loaded on first use", () => {
  it("is what its import gives", async () => {
    expect(await loadPart("testing", async () => 42)).toBe(42);
  });

  it("ends in an error that names it where it cannot be loaded, and is tried anew the next time", async () => {
    const offline = new TypeError("Failed to fetch dynamically imported module");
    let tries = 0;
    const load = async (): Promise<string> => {
      tries += 1;
      if (tries === 1) throw offline;
      return "there";
    };
    const error = await loadPart("writing", load).catch((thrown: unknown) => thrown);
    expect(isConfigError(error)).toBe(true);
    expect(error).toMatchObject({ code: "CONFIG.PART", outcome: "unsent" });
    expect(error).toMatchObject({ message: "The part of pygen for writing could not be loaded." });
    expect(await loadPart("writing", load)).toBe("there");
  });

  it("is not waited for once the signal is aborted, and its failure after that is nobody's", async () => {
    const controller = new AbortController();
    let fail: ((error: Error) => void) | undefined;
    const loading = loadPart(
      "writing",
      () =>
        new Promise<never>((_, reject) => {
          fail = reject;
        }),
      { signal: controller.signal },
    );
    controller.abort(new Error("enough"));
    await expect(loading).rejects.toMatchObject({ code: "ABORT.SIGNAL", outcome: "unsent" });
    fail?.(new Error("late"));
    // An unhandled rejection would fail the run.
    await new Promise((resolve) => setImmediate(resolve));
  });
});
