import { hydrateRoot } from "react-dom/client";
import { App, type PageState } from "./app.js";
import { connect } from "./turbines.js";

const element = document.getElementById("app");
if (!element) throw new Error("The page has no element #app.");
const state = JSON.parse(document.getElementById("state")?.textContent ?? "") as PageState;

const wind = connect({
  // Our own server passes calls on, and signs them: no token is in the browser.
  baseUrl: location.origin,
  project: state.project,
  application: "ssr-example",
  transport: { fetch: (request) => fetch(request), signsRequests: true },
});
hydrateRoot(element, <App wind={wind} state={state} />);
