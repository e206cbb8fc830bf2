import type { DiagnosticSink, DocumentDataModel, Schema } from "../../ir/index.js";
import {
  type Container,
  type ContainerCreate,
  formatVersionedId,
  isMapped,
  type View,
  type ViewCreate,
  viewReference,
} from "../../models/index.js";
import type { RequestSchema } from "../../models/requests/index.js";
import { checkRequest, containerCreate, dataModelCreate, viewCreate } from "../../models/requests/index.js";

/** Spaces of the system: their resources are the service's own. */
const systemSpace = /^cdf_/;

/** Tells of what the service would refuse of a data model in create form, its views left out. */
export function checkDataModelAcceptance(dataModel: DocumentDataModel, diagnostics: DiagnosticSink): void {
  const { space, externalId, version, name, description } = dataModel;
  const labels = { ...(name === undefined ? {} : { name }), ...(description === undefined ? {} : { description }) };
  const views = dataModel.views.map(viewReference);
  const place = formatVersionedId(dataModel);
  checkItem(dataModelCreate, { space, externalId, version, ...labels, views }, place, diagnostics);
}

/** Tells of views and their containers in create form that the service would refuse: ids, reserved words, limits, unknown fields. */
export function checkViewAcceptance(
  views: readonly (ViewCreate | View)[],
  schema: Schema,
  diagnostics: DiagnosticSink,
): void {
  const containers = new Map<string, ContainerCreate>();
  for (const view of views) {
    if ("usedFor" in view || systemSpace.test(view.space)) continue;
    checkItem(viewCreate, view, formatVersionedId(view), diagnostics);
    for (const property of Object.values(view.properties ?? {})) {
      const container = isMapped(property) ? schema.container(property.container) : undefined;
      if (container && !isFromService(container) && !systemSpace.test(container.space)) {
        containers.set(`${container.space}/${container.externalId}`, container);
      }
    }
  }
  for (const [id, container] of containers) checkItem(containerCreate, container, `container ${id}`, diagnostics);
}

function checkItem<T>(request: RequestSchema<T>, item: unknown, place: string, diagnostics: DiagnosticSink): void {
  const checked = checkRequest(request, item);
  if (!checked.ok) diagnostics.add("IR.REFUSED", place, `the service would refuse it: ${reasonOf(checked.message)}`);
}

function isFromService(container: ContainerCreate | Container): container is Container {
  return "isGlobal" in container || "createdTime" in container;
}

/** The service's words, without those that every answer begins with. */
function reasonOf(message: string): string {
  return message.replace(/^Request had \d+ constraint violations\. Please fix the request and try again\. /, "");
}
