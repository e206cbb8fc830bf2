import { Hono } from "hono";
import type { WindFarm } from "../windfarm/sdk/index.js";
import { ndjson } from "./ndjson.js";
import { problem, problemAnswer } from "./problem.js";

/** The wind farm, with a default space. */
export type Wind = WindFarm<{ readonly space: string }>;

/** `GET /turbines?minCapacity=5`: the turbines of so many megawatts and more, one JSON object a line, while they are read. */
export function createService(wind: Wind): Hono {
  const service = new Hono();
  service.get("/turbines", async (context) => {
    const minCapacity = Number(context.req.query("minCapacity") ?? 0);
    if (!(minCapacity >= 0)) {
      return problem({ status: 400, title: "Invalid parameter", detail: "minCapacity must be a number of megawatts." });
    }
    const stop = new AbortController();
    const turbines = wind.turbine.list({
      where: { capacity: { gte: minCapacity } },
      select: { name: true, capacity: true, status: true, farm: { select: { name: true } } },
      sort: [{ capacity: "desc" }, { name: "asc" }],
      signal: AbortSignal.any([stop.signal, context.req.raw.signal]),
    });
    return ndjson(turbines, stop);
  });
  service.notFound((context) =>
    problem({ status: 404, title: "Not found", detail: `There is no ${context.req.method} ${context.req.path}.` }),
  );
  service.onError((error) => problemAnswer(error));
  return service;
}
