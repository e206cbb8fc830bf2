// Whether a fault is known of what is inside the package: `npm audit`, held against the bill of the build.
// Tools that only build and test are told too, and fail nothing: their code reaches nobody. Another project's folder may be given.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

/**
 * What `npm audit --json` has against packages of a bill, one line each. A package that is only named for what it depends on
 * is left out: that stands for itself.
 */
export function faultsInside({ vulnerabilities }, lock, bill) {
  const inside = new Set(
    bill.components.map(({ group, name, version }) => `${group ? `${group}/` : ""}${name}@${version}`),
  );
  return Object.values(vulnerabilities).flatMap(({ name, severity, nodes, via }) => {
    const versions = nodes.map((node) => lock.packages[node]?.version);
    const hit = versions.find((version) => inside.has(`${name}@${version}`));
    if (hit === undefined) return [];
    const advisories = via.filter((each) => typeof each === "object");
    return advisories.map(({ title, url }) => `${name}@${hit}: ${severity}: ${title} (${url})`);
  });
}

/** What `npm audit` says, in the form of npm 7 and later; it ends with 1 where it has found something, and where it could not ask. */
function npmAudit(cwd) {
  return new Promise((resolve, reject) => {
    execFile("npm", ["audit", "--json"], { cwd, maxBuffer: 64e6 }, (error, out) => {
      const report = out.startsWith("{") ? JSON.parse(out) : {};
      if (report.auditReportVersion === 2) resolve(report);
      else reject(new Error(report.message ?? report.error?.summary ?? error?.message ?? "its answer is not a report"));
    });
  });
}

/** Ends with 0 where nothing is known, with 1 where something is, with 2 where that could not be found out. */
async function main(root) {
  const read = (file) => JSON.parse(readFileSync(path.join(root, file), "utf8"));
  const [lock, bill] = [read("package-lock.json"), read("dist/sbom.cdx.json")];
  const report = await npmAudit(root).catch((error) => {
    process.stderr.write(`npm audit is not available here, so nothing was checked: ${error.message}\n`);
  });
  if (!report) {
    process.exitCode = 2;
    return;
  }
  const faults = faultsInside(report, lock, bill);
  const all = Object.values(report.vulnerabilities).length;
  process.stdout.write(
    `${[...faults, `${faults.length} known faults inside; ${all} packages named in all`].join("\n")}\n`,
  );
  process.exitCode = faults.length === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  await main(path.resolve(process.argv[2] ?? path.resolve(import.meta.dirname, "../..")));
