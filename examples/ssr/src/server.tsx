import { renderToString } from "react-dom/server";
import { App, type PageState } from "./app.js";
import { turbinesAfter, type Wind } from "./turbines.js";

export { connect } from "./turbines.js";

/** The page for a template: with the first rows in it, and the state that the browser goes on from. */
export async function renderPage(template: string, wind: Wind, project: string): Promise<string> {
  const state: PageState = { project, turbines: await turbinesAfter(wind, undefined) };
  const html = renderToString(<App wind={wind} state={state} />);
  // Nothing in the data ends the script element.
  const json = JSON.stringify(state).replaceAll("<", "\\u003c");
  // Functions, as a text would have its `$&` replaced.
  return template
    .replace("<!--app-->", () => html)
    .replace("<!--state-->", () => `<script type="application/json" id="state">${json}</script>`);
}
