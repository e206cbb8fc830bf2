/** Where in the tab's storage the page that signed out is kept while the identity provider is shown. */
const key = "pygen.signed-out";

/** Remembers the page that the redirect page is to go back to after signing out. */
export function keepReturnAddress(): void {
  sessionStorage.setItem(key, location.href);
}

export function forgetReturnAddress(): void {
  sessionStorage.removeItem(key);
}

/** The page that signed out, if that is what happened; it is told once. */
export function takeReturnAddress(): string | undefined {
  const address = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  // Other scripts of the page can write there; away from its own origin it must not lead.
  return address !== null && URL.canParse(address) && new URL(address).origin === location.origin ? address : undefined;
}
