// Reads how many tests passed and failed from the reports that vitest and Playwright write.
import { existsSync, readFileSync } from "node:fs";

const nothing = { passed: 0, failed: 0, skipped: 0 };

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** Counts of a vitest JSON report; a file that failed as a whole, before its tests, is one failure. */
export function vitestCounts(file) {
  const report = read(file);
  if (!report) return nothing;
  const brokenFiles = report.testResults.filter(
    (result) => result.status === "failed" && !result.assertionResults.some((test) => test.status === "failed"),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Counts of a Playwright JSON report; a test that passed only on a retry has failed, and so has a broken file. */
export function playwrightCounts(file) {
  const report = read(file);
  if (!report) return nothing;
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky + (unexpected === 0 ? report.errors.length : 0), skipped };
}
