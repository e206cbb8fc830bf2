import type { DiagnosticSink, IrModel } from "../../ir/index.js";
import { formatVersionedId } from "../../models/index.js";

/** Control characters, marks of direction and halves of characters: what is shown is not what is there. */
const unreadable = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]/u;
const blanks = /[\t\n\r]/g;

interface Labelled {
  readonly name?: string;
  readonly description?: string;
}

/** Tells of names and descriptions of views with signs that cannot be read; comments of generated code leave those out. */
export function checkViewTexts({ views }: IrModel, diagnostics: DiagnosticSink): void {
  for (const view of views) {
    const id = formatVersionedId(view.id);
    check(view, id, diagnostics);
    for (const property of view.properties) check(property, `${id}.${property.id}`, diagnostics);
  }
}

/** The same of the data model's own. */
export function checkModelTexts(model: IrModel, diagnostics: DiagnosticSink): void {
  check(model, formatVersionedId(model.id), diagnostics);
}

function check({ name, description }: Labelled, place: string, diagnostics: DiagnosticSink): void {
  for (const [what, text] of Object.entries({ name, description })) {
    if (text !== undefined && unreadable.test(text.replace(blanks, ""))) {
      const message = `its ${what} has signs that cannot be read; comments leave them out`;
      diagnostics.add("IR.TEXT_UNREADABLE", place, message);
    }
  }
}
