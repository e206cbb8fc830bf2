import { isPygenError } from "pygen";
import { element } from "./step.js";

/** Where a step tells how it went. */
export interface Outcome {
  readonly element: HTMLElement;
  /** Does something, tells that it is under way, what came of it, or what was wrong. */
  readonly during: (work: () => Promise<string>) => Promise<void>;
}

/** A place that tells how something went, in words. */
export function outcome(): Outcome {
  const place = element("p", { className: "outcome" });
  place.setAttribute("role", "status");
  return {
    element: place,
    during: async (work) => {
      place.textContent = "Working …";
      place.classList.remove("bad");
      try {
        place.textContent = await work();
      } catch (error) {
        place.textContent = describe(error);
        place.classList.add("bad");
      }
    },
  };
}

function describe(error: unknown): string {
  if (isPygenError(error)) return [error.message, error.hint].filter(Boolean).join(" ");
  return error instanceof Error ? error.message : String(error);
}

/** A field for several lines of text that are data. */
export function editor(
  label: string,
  rows: number,
): { readonly element: HTMLElement; readonly field: HTMLTextAreaElement } {
  const field = element("textarea", { rows, spellcheck: false, autocapitalize: "off" });
  return { element: element("label", {}, element("span", {}, label), field), field };
}

/** A button that waits for what it does. */
export function button(text: string, press: () => Promise<void>): HTMLButtonElement {
  const made = element("button", { type: "button" }, text);
  made.addEventListener("click", async () => {
    made.disabled = true;
    await press();
    made.disabled = false;
  });
  return made;
}

/** What a field holds, as data. */
export function jsonIn(field: HTMLTextAreaElement): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(field.value);
  } catch (error) {
    throw new Error(`This is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isObject(value)) throw new Error("A JSON object is expected.");
  return value;
}

/** What a field holds, as lists of objects by name. */
export function listsIn(field: HTMLTextAreaElement): Readonly<Record<string, readonly JsonObject[]>> {
  const given = Object.entries(jsonIn(field));
  return Object.fromEntries(
    given.map(([name, list]) => {
      if (Array.isArray(list) && list.every(isObject)) return [name, list];
      throw new Error(`${name} must be a list of objects.`);
    }),
  );
}

type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
