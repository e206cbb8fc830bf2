import { type Context, Hono } from "hono";
import { html } from "hono/html";
import type { ProjectState } from "../engine/state.js";
import { projectStatistics } from "../engine/statistics.js";
import { OVERVIEW_STYLE } from "./overview-style.js";
import type { Traffic } from "./traffic.js";

/** What the page is about. */
export interface OverviewHost {
  readonly projects: () => readonly string[];
  readonly state: (project: string) => ProjectState;
  /** What a project holds before anything is written to it. */
  readonly newest: () => ProjectState;
  readonly traffic: Traffic;
}

type Html = ReturnType<typeof html>;

/** Nothing but the page's own stylesheet is ever loaded or run. */
const POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The page for people: what the projects hold, and the last calls with the time they took. */
export function overview(host: OverviewHost): Hono {
  const app = new Hono();
  app.get("/", (context) => {
    secure(context);
    context.header("content-security-policy", POLICY);
    return context.html(page(host));
  });
  app.get("/style.css", (context) => {
    secure(context);
    return context.body(OVERVIEW_STYLE, 200, { "content-type": "text/css; charset=utf-8" });
  });
  return app;
}

function secure(context: Context): void {
  context.header("x-content-type-options", "nosniff");
  context.header("referrer-policy", "no-referrer");
  context.header("cache-control", "no-store");
}

function page({ projects, state, newest, traffic }: OverviewHost): Html {
  const names = projects();
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Pygen emulator</title>
    <link rel="stylesheet" href="/_emulator/style.css" />
  </head>
  <body>
    <header>
      <h1>Pygen emulator</h1>
      <a href="/_emulator">Refresh</a>
    </header>
    <main>
      ${names.length === 0 ? section(html`No project was asked for yet; each begins with`, newest()) : ""}
      ${names.map((name) => section(html`Project <code>${name}</code>`, state(name)))} ${calls(traffic)}
    </main>
  </body>
</html>`;
}

function section(title: Html, state: ProjectState): Html {
  const { spaces, containers, views, dataModels, instances } = projectStatistics(state);
  const facts: readonly (readonly [string, number])[] = [
    ["Spaces", spaces.count],
    ["Containers", containers.count],
    ["Views", views.count],
    ["Data models", dataModels.count],
    ["Nodes", instances.nodes],
    ["Edges", instances.edges],
  ];
  return html`<section>
    <h2>${title}</h2>
    <dl>
      ${facts.map(([label, count]) => html`<div><dt>${label}</dt><dd>${grouped(count)}</dd></div>`)}
    </dl>
    ${models(state)}
  </section>`;
}

function models(state: ProjectState): Html {
  const rows = [...state.dataModels.values()];
  return html`<table>
    <caption>Data models</caption>
    <thead>
      <tr><th>Space</th><th>External id</th><th>Version</th><th>Name</th><th class="number">Views</th><th>Whose</th></tr>
    </thead>
    <tbody>
      ${rows.map(
        (model) => html`<tr>
          <td><code>${model.space}</code></td>
          <td><code>${model.externalId}</code></td>
          <td><code>${model.version}</code></td>
          <td>${model.name ?? ""}</td>
          <td class="number">${model.views.length}</td>
          <td>${model.isGlobal ? "system" : "project"}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function calls({ last, total }: Traffic): Html {
  return html`<section>
    <h2>Last calls</h2>
    <p>${grouped(total)} in all, the newest first.</p>
    <table>
      <thead>
        <tr><th>Time</th><th>Method</th><th>Path</th><th class="number">Status</th><th class="number">ms</th></tr>
      </thead>
      <tbody>
        ${last.map(
          ({ time, method, path, status, milliseconds }) => html`<tr>
            <td><time>${new Date(time).toISOString().slice(11, 23)}</time></td>
            <td>${method}</td>
            <td class="path"><code>${path}</code></td>
            <td class="number ${status < 400 ? "good" : "bad"}">${status}</td>
            <td class="number">${milliseconds.toFixed(1)}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

/** `1 234 567`, with spaces that do not break. */
function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, "\u00a0");
}
