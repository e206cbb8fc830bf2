import { createHash } from "node:crypto";

/** What VitePress's switch of dark and light puts into a style element, so that colours do not fade. */
const withoutTransitions = `*,*::before,*::after{${["-webkit-", "-moz-", "-o-", "-ms-", ""]
  .map((prefix) => `${prefix}transition:none!important`)
  .join(";")}}`;

/**
 * Puts a content security policy into a page, so that it holds wherever the site is served from: files of its own origin, and what
 * VitePress's theme has inline, each by its hash: scripts, two style attributes in each page, and the style of its switch.
 */
export function withPolicy(html: string): string {
  const scripts = textsOf(html, /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g);
  const styles = [...textsOf(html, /<[a-z][^>]*\sstyle="([^"]+)"/g), withoutTransitions];
  const policy = [
    "default-src 'none'",
    ["script-src 'self'", ...hashesOf(scripts)].join(" "),
    ["style-src 'self' 'unsafe-hashes'", ...hashesOf(styles)].join(" "),
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return html.replace("<head>", `<head>\n    <meta http-equiv="Content-Security-Policy" content="${policy}">`);
}

function textsOf(html: string, pattern: RegExp): string[] {
  return [...html.matchAll(pattern)].map(([, text = ""]) => text);
}

function hashesOf(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.map((text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`));
}
