import { expect, test } from "vitest";
import { readCapabilities } from "../../../src/emulator/auth/index.js";

const all = { scope: { all: {} } };
const inGroup = (...rights: readonly unknown[]) => ({ groups: { editors: rights } });

test("names groups and subjects as they are, whatever they are called", () => {
  const given = JSON.parse(
    '{"groups": {"__proto__": []}, "subjects": {"constructor": [{"filesAcl": {"actions": [], "scope": {"all": {}}}}]}}',
  );
  const { groups, subjects } = readCapabilities(given);
  expect([...groups.keys()]).toEqual(["__proto__"]);
  expect(subjects.get("constructor")).toMatchObject([{ acl: "filesAcl", spaces: undefined }]);
  expect(subjects.get("toString")).toBeUndefined();
});

test.each([
  [[], "capabilities must be an object"],
  [{ group: {} }, "group is not known"],
  [{ groups: [] }, "groups must be an object"],
  [{ subjects: { me: {} } }, "subjects.me must be a list"],
  [inGroup("READ"), "groups.editors[0] must be an object"],
  [inGroup({ projectScope: { allProjects: {} } }), "groups.editors[0] must have one key"],
  [inGroup({ dataModelsAcl: {}, filesAcl: {} }), "groups.editors[0] must have one key"],
  [inGroup({ digitalTwinAcl: {} }), "groups.editors[0].digitalTwinAcl is not known"],
  [inGroup({ dataModelsAcl: [] }), "groups.editors[0].dataModelsAcl must be an object"],
  [inGroup({ dataModelsAcl: { actions: "READ", ...all } }), "dataModelsAcl.actions must be a list"],
  [inGroup({ dataModelsAcl: { actions: ["READ", 1], ...all } }), "dataModelsAcl.actions[1] must be a text"],
  [
    inGroup({ dataModelsAcl: { actions: ["READ", "OWN"], ...all } }),
    "dataModelsAcl.actions[1] must be one of READ, WRITE",
  ],
  [inGroup({ dataModelsAcl: { actions: [] } }), "dataModelsAcl.scope must be an object"],
  [inGroup({ dataModelsAcl: { actions: [], scope: { datasetScope: {} } } }), "dataModelsAcl.scope must be {"],
  [
    inGroup({ dataModelsAcl: { actions: [], scope: { spaceIdScope: {} } } }),
    "scope.spaceIdScope.spaceIds must be a list",
  ],
  [inGroup({ filesAcl: { actions: [], scope: { spaceIdScope: {} } } }), 'filesAcl.scope must be {"all": {}}'],
  [inGroup({ filesAcl: { actions: [], ...all }, projectScope: {} }), "editors[0].projectScope.projects must be a list"],
])("tells where the mistake is: %j", (given, message) => {
  expect(() => readCapabilities(given)).toThrow(
    expect.objectContaining({ code: "CONFIG.CAPABILITIES", message: expect.stringContaining(message) }),
  );
});

test("holds for all projects where no other are named", () => {
  const right = { filesAcl: { actions: ["READ"], ...all } };
  const { groups } = readCapabilities(
    inGroup(right, { ...right, projectScope: { allProjects: {} } }, { ...right, projectScope: { projects: ["a"] } }),
  );
  expect(groups.get("editors")?.map(({ projects }) => projects && [...projects])).toEqual([
    undefined,
    undefined,
    ["a"],
  ]);
});
