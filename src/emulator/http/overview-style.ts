/** How the page for people looks. */
export const OVERVIEW_STYLE = `:root {
  --ink: #16202b;
  --soft: #5b6875;
  --line: #dde3e9;
  --paper: #f5f7f9;
  --sheet: #fff;
  --accent: #0b63c5;
  --good: #14743a;
  --bad: #b3261e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e7edf3;
    --soft: #9aa8b6;
    --line: #2c3844;
    --paper: #10171f;
    --sheet: #18212b;
    --accent: #74b2ff;
    --good: #62cf8c;
    --bad: #ff8a80;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
header { display: flex; align-items: baseline; justify-content: space-between; gap: 1rem; }
header, main { max-width: 68rem; margin: 0 auto; padding: 1rem 1.25rem 0; }
h1 { margin: 0; font-size: 1.35rem; }
h2 { margin: 0 0 0.75rem; font-size: 1.05rem; }
a { color: var(--accent); }
section { margin-bottom: 1.25rem; padding: 1.1rem 1.25rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 10px; overflow-x: auto; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr)); gap: 0.75rem; margin: 0 0 1rem; }
dt { color: var(--soft); font-size: 0.85rem; }
dd { margin: 0; font-size: 1.35rem; font-weight: 600; font-variant-numeric: tabular-nums; }
table { width: 100%; border-collapse: collapse; font-size: 0.9rem; }
caption { padding-bottom: 0.4rem; text-align: left; font-weight: 600; }
th { color: var(--soft); font-weight: 500; text-align: left; white-space: nowrap; }
th, td { padding: 0.35rem 0.75rem 0.35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tbody tr:last-child td { border-bottom: 0; }
code { font-family: ui-monospace, monospace; font-size: 0.92em; overflow-wrap: anywhere; }
p { margin: 0 0 0.75rem; color: var(--soft); }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.path { width: 100%; }
.good { color: var(--good); }
.bad { color: var(--bad); font-weight: 600; }
`;
