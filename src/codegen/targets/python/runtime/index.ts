import { unasync } from "../unasync.js";
import { aioClientPy } from "./aio-client.js";
import { aioPackagePy } from "./aio-package.js";
import { aioTogetherPy } from "./aio-together.js";
import { aioTransportPy } from "./aio-transport.js";
import { aioViewsPy } from "./aio-views.js";
import { callsPy } from "./calls.js";
import { conditionsPy } from "./conditions.js";
import { configPy } from "./config.js";
import { credentialsPy } from "./credentials.js";
import { errorsPy } from "./errors.js";
import { filtersPy } from "./filters.js";
import { instancesPy } from "./instances.js";
import { joinsPy } from "./joins.js";
import { operandsPy } from "./operands.js";
import { operationsPy } from "./operations.js";
import { packagePy } from "./package.js";
import { planPy } from "./plan.js";
import { plannerPy } from "./planner.js";
import { readerPy } from "./reader.js";
import { registryPy } from "./registry.js";
import { rowsPy } from "./rows.js";
import { selectionPy } from "./selection.js";
import { sortingPy } from "./sorting.js";
import { syncTogetherPy } from "./sync-together.js";
import { viewsPy } from "./views.js";
import { writerPy } from "./writer.js";

/** Modules that both clients share, and those of the asynchronous one, by path. */
const written: readonly (readonly [path: string, text: string])[] = [
  ["__init__.py", packagePy],
  ["aio/__init__.py", aioPackagePy],
  ["aio/client.py", aioClientPy],
  ["aio/together.py", aioTogetherPy],
  ["aio/transport.py", aioTransportPy],
  ["aio/views.py", aioViewsPy],
  ["calls.py", callsPy],
  ["conditions.py", conditionsPy],
  ["config.py", configPy],
  ["credentials.py", credentialsPy],
  ["errors.py", errorsPy],
  ["filters.py", filtersPy],
  ["instances.py", instancesPy],
  ["joins.py", joinsPy],
  ["operands.py", operandsPy],
  ["operations.py", operationsPy],
  ["plan.py", planPy],
  ["planner.py", plannerPy],
  ["reader.py", readerPy],
  ["registry.py", registryPy],
  ["rows.py", rowsPy],
  ["selection.py", selectionPy],
  ["sorting.py", sortingPy],
  ["sync/together.py", syncTogetherPy],
  ["views.py", viewsPy],
  ["writer.py", writerPy],
];

/** What generated code stands on, by path below `_runtime`: plain text, the same for every model. */
export const runtimeFiles: ReadonlyMap<string, string> = new Map(
  written.flatMap(([path, text]) =>
    path.startsWith("aio/") && path !== "aio/together.py"
      ? [
          [path, text],
          [path.replace("aio/", "sync/"), unasync(text)],
        ]
      : [[path, text]],
  ),
);
