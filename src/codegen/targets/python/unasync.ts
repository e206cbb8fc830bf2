/** What is different where nothing is awaited; the longer before what is part of it. */
const replacements: readonly (readonly [RegExp, string])[] = [
  [/^import asyncio\n/m, "import threading\nimport time\n"],
  [/await asyncio\.sleep/g, "time.sleep"],
  [/asyncio\.Semaphore/g, "threading.Semaphore"],
  [/asyncio\.Lock/g, "threading.Lock"],
  [/AbstractAsyncContextManager/g, "AbstractContextManager"],
  [/AsyncIterator/g, "Iterator"],
  [/httpx\.AsyncClient/g, "httpx.Client"],
  [/\bAsync(Client|Transport|ReadOnlyViewAPI|ViewAPI)\b/g, "$1"],
  [/\.aclose\(/g, ".close("],
  [/__aexit__/g, "__exit__"],
  [/\basync (def|with|for) /g, "$1 "],
  [/^( +)for row in rows:\n +yield row$/m, "$1yield from rows"],
  [/\bawait /g, ""],
  [/\basynchronous\b/g, "synchronous"],
];

/**
 * The synchronous form of asynchronous code of the runtime. Both clients are one text, so that none of them can do what
 * the other cannot.
 */
export function unasync(code: string): string {
  return replacements.reduce((text, [from, to]) => text.replace(from, to), code);
}
