import { posix } from "node:path";
import type { MarkdownRenderer } from "vitepress";

type Tokens = Parameters<MarkdownRenderer["renderer"]["render"]>[0];

/** Links to files of the repository that are no pages, such as `../SECURITY.md`, show as their text: the site ends there. */
export function outsideLinks(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push("outside-links", ({ tokens, env }) => {
    const folder = posix.dirname(String(env.relativePath));
    const isOutside = (href: string) => !/^[a-z]+:/.test(href) && posix.join(folder, href).startsWith("../");
    for (const { children } of tokens) if (children) unlink(children, isOutside);
  });
}

function unlink(tokens: Tokens, isOutside: (href: string) => boolean): void {
  let outside = false;
  for (const token of tokens.filter(({ type }) => /^link_/.test(type))) {
    if (token.type === "link_open") outside = isOutside(token.attrGet("href") ?? "");
    if (outside) Object.assign(token, { type: token.type.replace("link", "outside"), tag: "span", attrs: null });
  }
}
