import { expect, test } from "vitest";
import { onAbort } from "../../src/http/on-abort.js";
import { clientOf } from "../tools/with-server.js";

test("calls back once when the signal is aborted, unless undone", () => {
  const controller = new AbortController();
  const called: number[] = [];
  onAbort(controller.signal, () => called.push(1));
  onAbort(controller.signal, () => called.push(2))();
  onAbort(undefined, () => called.push(3))();
  controller.abort();
  controller.abort();
  expect(called).toEqual([1]);
});

test("however many calls follow one signal, nothing is printed about it", async () => {
  const warnings: Error[] = [];
  const onWarning = (warning: Error) => {
    if (warning.name === "MaxListenersExceededWarning") warnings.push(warning);
  };
  process.on("warning", onWarning);
  const { http } = await clientOf([{ body: { items: [] }, delay: 5 }], { concurrency: { schema: 20 } });
  const { signal } = new AbortController();
  const calls = Array.from({ length: 40 }, () => http.request({ method: "GET", path: "/models/spaces", signal }));
  await Promise.all(calls);
  await new Promise((resolve) => setTimeout(resolve, 5));
  process.off("warning", onWarning);
  expect(warnings).toEqual([]);
});
