import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DefaultTheme } from "vitepress";

/** The pages by group, in the order in which they are read. */
const groups: readonly (readonly [title: string, pages: readonly string[]])[] = [
  ["Begin", ["start", "installing", "concepts", "playground"]],
  [
    "Guides",
    [
      "sign-in",
      "client",
      "queries",
      "writing",
      "sync",
      "time-series-files-sequences",
      "errors",
      "testing",
      "emulator",
      "performance",
    ],
  ],
  ["Where it runs", ["node", "without-a-bundler", "ssr", "react", "cognite-sdk", "tracing"]],
  ["Generating", ["generating", "generating-in-ci", "python", "service", "ir"]],
  ["Coming from elsewhere", ["migration", "legacy", "parity"]],
  ["Tables and terms", ["diagnostics", "planner", "benchmarks", "security"]],
];

/** The pages of a folder that are there, each by its own title; those that no group names come last. */
export function sidebarOf(folder: string): DefaultTheme.SidebarItem[] {
  const there = readdirSync(folder).flatMap((file) => /^(.*)\.md$/.exec(file)?.[1] ?? []);
  const named = groups.flatMap(([, pages]) => pages);
  const others = there.filter((page) => page !== "index" && !named.includes(page)).sort();
  const items = [...groups, ["More", others] as const].map(([text, pages]) => ({
    text,
    items: pages
      .filter((page) => existsSync(join(folder, `${page}.md`)))
      .map((page) => ({ text: titleOf(join(folder, `${page}.md`)), link: `/${page}` })),
  }));
  return [...items.filter((group) => group.items.length > 0), referenceOf(folder)];
}

/** The reference, which is made from the code beforehand: a page for each door. */
function referenceOf(folder: string): DefaultTheme.SidebarItem {
  const reference = join(folder, "reference");
  const pages = existsSync(reference) ? readdirSync(reference, { recursive: true, encoding: "utf8" }) : [];
  const doors = pages.flatMap((file) => /^(.+)\/index\.md$/.exec(file)?.[1] ?? []);
  return {
    text: "Reference",
    collapsed: true,
    link: "/reference/",
    items: doors.sort().map((door) => ({ text: door, link: `/reference/${door}/` })),
  };
}

function titleOf(file: string): string {
  const [, title] = /^# (.*)/m.exec(readFileSync(file, "utf8")) ?? [];
  if (title === undefined) throw new Error(`${file} has no title.`);
  return title;
}
