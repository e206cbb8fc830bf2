/** What pages say of themselves beside their text, by file: in TypeScript, which is checked and formatted. */
export const frontMatter: Readonly<Record<string, object>> = {
  "playground.md": { layout: "page" },
  "index.md": {
    layout: "home",
    hero: {
      name: "Pygen",
      text: "Typed SDKs for your data models",
      tagline:
        "From a data model of Cognite Data Fusion to queries whose results are typed by what you select, and an emulator on which all of it runs without an account.",
      actions: [
        { theme: "brand", text: "Start in five minutes", link: "/start" },
        { theme: "alt", text: "Try it in this browser", link: "/playground" },
      ],
    },
    features: [
      {
        title: "Typed by what you select",
        details:
          "Nested relations, edges with properties, units, aggregates. A misspelt key at any depth does not compile.",
        link: "/queries",
      },
      {
        title: "Few requests, whole answers",
        details:
          "The planner packs a query into few requests, never one per row. A part of a set is never shown as all.",
        link: "/planner",
      },
      {
        title: "Runs where you do",
        details:
          "Node, browsers with and without a bundler, React, server side rendering. Nothing else is installed with it.",
        link: "/installing",
      },
      {
        title: "Tested without an account",
        details:
          "The emulator accepts what the service accepts: in memory, in a page, or on a port with its data in files.",
        link: "/emulator",
      },
    ],
  },
};
