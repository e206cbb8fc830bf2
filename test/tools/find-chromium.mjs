// Finds a Chromium for the browser tests; as root on Debian installs one. Prints its path when run by itself.
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

const advice = [
  "No Chromium found, and the browser tests are never skipped. Do one of these:",
  "  apt-get install chromium          (Debian, as root)",
  "  npx playwright install chromium   (macOS, Windows, other Linux)",
  "  CHROMIUM_PATH=/path/to/chrome     (a Chromium or Chrome that is already there)",
].join("\n");

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function fromEnvironment() {
  const file = process.env.CHROMIUM_PATH;
  if (!file) return undefined;
  if (isExecutable(file)) return file;
  throw new Error(`CHROMIUM_PATH is ${file}, which is not an executable file.`);
}

function fromPath() {
  const folders = ["/usr/bin", ...(process.env.PATH ?? "").split(path.delimiter).filter(Boolean)];
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(isExecutable);
}

/** Where Playwright keeps the browsers it downloaded. */
function cacheFolder() {
  if (process.env.PLAYWRIGHT_BROWSERS_PATH) return process.env.PLAYWRIGHT_BROWSERS_PATH;
  if (process.platform === "darwin") return path.join(homedir(), "Library/Caches/ms-playwright");
  if (process.platform === "win32") return path.join(process.env.LOCALAPPDATA ?? homedir(), "ms-playwright");
  return path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache"), "ms-playwright");
}

function fromPlaywright() {
  const cache = cacheFolder();
  if (!existsSync(cache)) return undefined;
  const inside = [
    "chrome-linux/chrome",
    "chrome-linux64/chrome",
    "chrome-mac/Chromium.app/Contents/MacOS/Chromium",
    "chrome-win/chrome.exe",
  ];
  return readdirSync(cache)
    .filter((entry) => entry.startsWith("chromium-"))
    .flatMap((entry) => inside.map((file) => path.join(cache, entry, file)))
    .find(isExecutable);
}

function installOnDebian() {
  const canInstall = process.getuid?.() === 0 && existsSync("/etc/debian_version");
  if (!canInstall) return undefined;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", "chromium"]]) {
    process.stderr.write(`Chromium is missing: apt-get ${args.join(" ")}\n`);
    const { status, error } = spawnSync("apt-get", ["-q", ...args], { stdio: ["ignore", 2, 2], env });
    if (status !== 0) {
      throw new Error(`apt-get ${args.join(" ")} failed (${error?.message ?? `exit code ${status}`}).\n${advice}`);
    }
  }
  return fromPath();
}

/** The path of a Chromium; throws an error saying how to get one when there is none and none can be installed. */
export function findChromium() {
  const found = fromEnvironment() ?? fromPath() ?? fromPlaywright() ?? installOnDebian();
  if (!found) throw new Error(advice);
  return found;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    process.stdout.write(`${findChromium()}\n`);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

/** What it is started with: it speaks to nothing but what it is told to. */
export const chromiumArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
