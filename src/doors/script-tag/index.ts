// Stands in `pygen.min.js` only: a classic script cannot import, so what is loaded on first use comes by a script element.

/** What the files of one build share, as the hidden property `$parts` of the global. */
export interface Parts {
  /** Tells builds apart: the second file names what it needs of the first by letters that differ from build to build. */
  readonly build: string;
  /** What the first file has that the second needs. */
  readonly core: unknown;
  /** What is in the second file, once it is there: loaded from here, or by a tag of the page. */
  more?: unknown;
}

const file = "pygen.more.min.js";

/** The tag that this very code came by; later it is not to be found out. */
const tag = typeof document === "undefined" ? null : document.currentScript;

let known: { readonly parts: Parts; readonly integrity: string } | undefined;
let loading: Promise<void> | undefined;

/** Says what is to be shared, and the hash that the second file must have. */
export function share(parts: Parts, integrity: string): Parts {
  known = { parts, integrity };
  return parts;
}

/** What is in the second file, which is asked for once; where that fails, anew the next time. */
export async function $loadMore(): Promise<unknown> {
  if (known === undefined) throw new RangeError("Nothing is shared yet.");
  const { parts, integrity } = known;
  if (parts.more === undefined) {
    loading ??= addTag(integrity).finally(() => {
      loading = undefined;
    });
    await loading;
  }
  if (parts.more === undefined) throw new Error(`${file} is of another build than pygen.min.js.`);
  return parts.more;
}

async function addTag(integrity: string): Promise<void> {
  if (!(tag instanceof HTMLScriptElement) || tag.src === "") {
    throw new Error(`${file} must be loaded after pygen.min.js: where that lies is not known here.`);
  }
  const url = new URL(file, tag.src);
  const element = document.createElement("script");
  element.src = url.href;
  element.nonce = tag.nonce;
  element.crossOrigin = url.origin === location.origin ? null : tag.crossOrigin;
  // The browser can hold to their hash only files that it may look into.
  if (url.protocol !== "file:" && (url.origin === location.origin || tag.crossOrigin !== null)) {
    element.integrity = integrity;
  }
  await new Promise<void>((resolve, reject) => {
    element.onload = () => resolve();
    element.onerror = () => {
      element.remove();
      reject(
        new Error(`${url.href} is not there, is not the file of this build, or is not allowed by the page's policy.`),
      );
    };
    document.head.append(element);
  });
}
