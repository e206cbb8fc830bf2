import { isPygenError } from "pygen";
import { element } from "./step.js";

/** Where a step tells how it went. */
export interface Outcome {
  readonly element: HTMLElement;
  /** Does something, tells that it is under way, what came of it, or what was wrong. */
  readonly during: (work: () => Promise<string>) => Promise<void>;
}

/** A place that tells how something went, in words; screen readers say them when they change. */
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

/** A choice among names. */
export function choice(label: string, names: readonly string[]): { element: HTMLElement; select: HTMLSelectElement } {
  const select = element("select");
  offer(select, names);
  return { element: element("label", { className: "choice" }, element("span", {}, label), select), select };
}

/** Has a choice offer other names. */
export function offer(select: HTMLSelectElement, names: readonly string[]): void {
  select.replaceChildren(...names.map((name) => element("option", { value: name }, name)));
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

/** Text as it stands, which keys can scroll too. */
export function textBlock(label: string, text: string): HTMLPreElement {
  const made = element("pre", { tabIndex: 0 }, text);
  made.setAttribute("role", "region");
  made.setAttribute("aria-label", label);
  return made;
}

/** Data as text, closed until it is asked for. */
export function dataBlock(label: string, data: unknown): HTMLElement {
  return element("details", {}, element("summary", {}, label), textBlock(label, JSON.stringify(data, null, 2)));
}
