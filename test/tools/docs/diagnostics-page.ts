import { diagnosticPages } from "../../../src/codegen/index.js";

const severities = { error: "error", warning: "warning", info: "note" };

/** The page about every code of a diagnostic. */
export function diagnosticsPage(): string {
  const pages = diagnosticPages();
  const sections = pages.map(
    ({ code, title, severity, cause, effect, cure }) =>
      `## ${code}\n\n**${title}** (${severities[severity]})\n\n- When: ${cause}\n- What happens: ${effect}\n- What to do: ${cure}\n`,
  );
  return `# Diagnostics

What \`pygen validate\` and \`pygen generate\` tell of a model: a code that stays, a place (\`space/View@version.property\`, or a file and
its line), what happens, and what to do. Errors keep anything from being written; with \`--strict\` warnings are errors too; notes need
nothing to be done. This page is written by \`npm run docs\`.

${sections.join("\n")}`;
}
