/** A small model with a program that uses it, for who has none at hand: text by file name. */
export function exampleFiles(): Readonly<Record<string, string>> {
  return {
    "model.json": `${JSON.stringify(model, null, 2)}\n`,
    "pygen.config.yaml": "sdks:\n  - models: [model.json]\n    out: sdk\n",
    "main.ts": program,
  };
}

const space = "wind";
const reference = (externalId: string) => ({ type: "view", space, externalId, version: "v1" });
const mapped = (container: string, id: string) => ({
  container: { type: "container", space, externalId: container },
  containerPropertyIdentifier: id,
});

const model = {
  spaces: [{ space }],
  containers: [
    {
      space,
      externalId: "Turbine",
      properties: {
        name: { type: { type: "text" }, nullable: false },
        capacity: { type: { type: "float64", unit: { externalId: "power:megaw" } } },
        farm: { type: { type: "direct" } },
      },
    },
    {
      space,
      externalId: "Farm",
      properties: { name: { type: { type: "text" } }, country: { type: { type: "text" } } },
    },
  ],
  views: [
    {
      space,
      externalId: "Turbine",
      version: "v1",
      description: "A wind turbine.",
      properties: {
        name: mapped("Turbine", "name"),
        capacity: { ...mapped("Turbine", "capacity"), description: "What it gives at most." },
        farm: { ...mapped("Turbine", "farm"), source: reference("Farm") },
      },
    },
    {
      space,
      externalId: "Farm",
      version: "v1",
      properties: {
        name: mapped("Farm", "name"),
        country: mapped("Farm", "country"),
        turbines: {
          connectionType: "multi_reverse_direct_relation",
          source: reference("Turbine"),
          through: { source: reference("Turbine"), identifier: "farm" },
        },
      },
    },
  ],
  dataModels: [{ space, externalId: "WindFarm", version: "v1", views: [reference("Turbine"), reference("Farm")] }],
};

const program = `import { PygenClient, token } from "pygen";
import { windFarm } from "./sdk/index.js";

async function main(): Promise<void> {
  const client = new PygenClient({
    baseUrl: process.env["CDF_URL"] ?? "http://127.0.0.1:4000", // pygen emulator --port 4000 --load model.json
    project: "demo",
    application: "quickstart",
    credentials: token("any"),
  });
  await client.spaces.create([{ space: "wind_data" }]);
  const wind = windFarm(client, { space: "wind_data" });
  await wind.upsert({
    turbine: [
      { externalId: "A1", name: "A1", capacity: 8, farm: { externalId: "horns", name: "Horns Rev", country: "DK" } },
      { externalId: "A2", name: "A2", capacity: 3, farm: "horns" },
    ],
  });
  const turbines = await wind.turbine.list({
    where: { capacity: { gte: 5 } },
    select: { name: true, capacity: true, farm: { select: { name: true } } },
  });
  for (const { name, capacity, farm } of turbines) console.log(\`\${name}: \${capacity} MW, \${farm?.name}\`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
`;
