import { toJsonSchema } from "@valibot/to-json-schema";
import { irSchema } from "../../../src/codegen/ir-format/schema.js";

/** The JSON Schema of the intermediate representation. */
export function irSchemaText(): string {
  const schema = toJsonSchema(irSchema, { target: "draft-2020-12" });
  const { $schema, ...rest } = schema;
  const named = {
    $schema,
    $id: "https://pygen.dev/ir/1.json",
    title: "Pygen's intermediate representation, version 1",
  };
  return `${JSON.stringify({ ...named, ...rest }, null, 2)}\n`;
}
