import type { World } from "./world.js";

/** A part of the page: from what the page works on to what is shown. */
export type Step = (world: World) => HTMLElement;

/** An element with text, or with elements within. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  facts: Partial<HTMLElementTagNameMap[K]> = {},
  ...within: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(name), facts);
  made.append(...within);
  return made;
}

/** The frame of a step: its title, and what is in it. */
export function section(id: string, title: string, ...within: readonly Node[]): HTMLElement {
  const heading = element("h2", { id: `${id}-title` }, title);
  const made = element("section", {}, heading, ...within);
  made.setAttribute("aria-labelledby", heading.id);
  return made;
}
