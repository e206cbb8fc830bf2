import {
  aboutProperty,
  aboutView,
  asciiOnly,
  camelCase,
  type IrProperty,
  type NamedView,
  type NamingRules,
  pascalCase,
  type Target,
  type TargetModel,
  type TypeMap,
} from "pygen/codegen";

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const keywords = words(`
  abstract assert boolean break byte case catch char class const continue default do double else enum extends false final
  finally float for goto if implements import instanceof int interface long native new null package private protected
  public return short static strictfp super switch synchronized this throw throws transient true try void volatile while
  _ record sealed permits yield var`);

/** Methods that every object has: components of records cannot be called like them. */
const ofEveryObject = words("clone finalize getClass hashCode notify notifyAll toString wait space externalId");

/** What every file knows, and the record that is in every package. */
const globals = words(`
  Boolean Byte Character Class Comparable Double Enum Error Exception Float Integer Iterable Long Math Module Number
  Object Override Package Process Record Runnable RuntimeException Short String System Thread Throwable Void
  Instant List LocalDate Map NodeId`);

const naming: NamingRules<"package"> = {
  language: "Java",
  properties: { casing: camelCase, reserved: new Set([...keywords, ...ofEveryObject]) },
  handles: { casing: camelCase, reserved: new Set(keywords) },
  types: { reserved: new Set([...keywords, ...globals]), areFiles: true },
  files: { casing: pascalCase, reserved: new Set() },
  model: {
    package: { casing: (id) => camelCase(asciiOnly(id)).toLowerCase().replace(/^_+/, "model"), suffix: "model" },
  },
};

/** Values may be absent, so they are objects; what needs an import says from where. */
const types: TypeMap = {
  text: { name: "String" },
  boolean: { name: "Boolean" },
  int32: { name: "Integer" },
  int64: { name: "Long" },
  float32: { name: "Float" },
  float64: { name: "Double" },
  timestamp: { name: "Instant", from: "java.time" },
  date: { name: "LocalDate", from: "java.time" },
  json: { name: "Map<String, Object>", from: "java.util" },
  timeseries: { name: "String" },
  file: { name: "String" },
  sequence: { name: "String" },
  enum: { name: "String" },
};

/** Java 17: a record for each view, with the ids of relations; a record for ids in each package. */
export const java: Target<"package"> = {
  naming,
  types,
  render: (model) => {
    const folder = model.names.model.package;
    const head = `// ${model.origin}\npackage ${folder};\n\n`;
    return new Map([
      [
        `${folder}/NodeId.java`,
        `${head}/** The id of an instance. */\npublic record NodeId(String space, String externalId) {}\n`,
      ],
      ...model.views.map((view): [string, string] => [`${folder}/${view.type}.java`, head + recordOf(view, model)]),
    ]);
  },
};

function recordOf(view: NamedView, model: TargetModel): string {
  const imports = new Set<string>();
  const components = view.properties.map((named) => {
    const doc = javadoc(aboutProperty(named, view), "    ");
    return `${doc}    ${typeOf(named.property, model, imports)} ${named.name}`;
  });
  const all = ["    String space", "    String externalId", ...components].join(",\n");
  const lines = [...imports].sort().map((name) => `import ${name};\n`);
  const gap = lines.length > 0 ? "\n" : "";
  return `${lines.join("")}${gap}${javadoc(aboutView(view), "")}public record ${view.type}(\n${all}\n) {}\n`;
}

function typeOf(property: IrProperty, model: TargetModel, imports: Set<string>): string {
  const list = (element: string): string => {
    imports.add("java.util.List");
    return `List<${element}>`;
  };
  if (property.kind === "reverse" || property.kind === "edge") return property.single ? "NodeId" : list("NodeId");
  if (property.kind === "direct") return property.list ? list("NodeId") : "NodeId";
  const { name, from } = model.valueType(property);
  if (from !== undefined) imports.add(`${from}.${name.replace(/<.*/, "")}`);
  return property.list ? list(name) : name;
}

/** Text of the model within a comment: Java reads `\u` even there, so that it could end the comment. */
function javadoc(paragraphs: readonly string[], margin: string): string {
  const texts = paragraphs.filter((text) => text !== "").map(harmless);
  return texts.length === 0 ? "" : `${margin}/** ${texts.join(" ")} */\n`;
}

function harmless(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, " ").replace(/[&<>@\\*/]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
