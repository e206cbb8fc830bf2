import type { Example } from "./example.js";
import { startProgram } from "./node-program.js";

/** Starts the service as a process of its own. */
export const nodeService: Example = async (startFarm) => {
  const farm = await startFarm();
  const program = await startProgram("examples/node-service/main.ts", farm);
  return {
    url: program.url,
    notes: [`Try       curl -N '${program.url}'`],
    stop: async () => {
      await program.stop();
      await farm.stop();
    },
  };
};
