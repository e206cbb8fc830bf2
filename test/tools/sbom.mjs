// Rollup plugins: what is inside the package, as a bill of materials (CycloneDX 1.6).
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Contrib, Enums, Models, Serialize, Spec } from "@cyclonedx/cyclonedx-library";
import { packageFoldersOf } from "./bundled-packages.mjs";

const manifestOf = (folder) => JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));

/** Licences are ids of SPDX; choices between some are told as they stand. */
const noExpression = (text) => {
  throw new Error(`not an id of SPDX: ${text}`);
};

/** The bill of a package, by its `package.json`, and of those in `folders`, whose code is in it: the same text for the same packages. */
export function billOf(own, folders) {
  const { ComponentBuilder } = Contrib.FromNodePackageJson.Builders;
  const references = new Contrib.FromNodePackageJson.Factories.ExternalReferenceFactory();
  const builder = new ComponentBuilder(references, new Contrib.License.Factories.LicenseFactory(noExpression));
  const componentOf = (manifest, type) => {
    const component = builder.makeComponent(manifest, type);
    const id = `${manifest.name.replace(/^@/, "%40")}@${manifest.version}`;
    component.purl = `pkg:npm/${id}`;
    component.bomRef.value = component.purl;
    // What it says of itself beyond this is in its own package.
    component.author = undefined;
    component.externalReferences.clear();
    component.properties.clear();
    return component;
  };
  const bom = new Models.Bom();
  bom.metadata.component = componentOf(own, Enums.ComponentType.Library);
  for (const folder of folders) {
    const component = componentOf(manifestOf(folder), Enums.ComponentType.Library);
    bom.components.add(component);
    bom.metadata.component.dependencies.add(component.bomRef);
  }
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  return serializer.serialize(bom, { sortLists: true, space: 2 });
}

/** `collect` goes into every build that has code of others, `write` into the last one. */
export function sbom(root, target) {
  const folders = new Set();
  return {
    collect: {
      name: "sbom-collect",
      generateBundle(_options, bundle) {
        for (const folder of packageFoldersOf(bundle)) folders.add(folder);
      },
    },
    write: {
      name: "sbom-write",
      writeBundle: () => writeFileSync(target, `${billOf(manifestOf(root), folders)}\n`),
    },
  };
}
