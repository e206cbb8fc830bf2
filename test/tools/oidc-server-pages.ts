const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const safe = (text: string): string => text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title></head>
<body><main><h1>${title}</h1>${body}</main></body>
</html>`;
}

const problem = (message: string | undefined): string =>
  message === undefined ? "" : `<p role="alert">${message}</p>`;

const cancel = (uid: string): string =>
  `<form method="post" action="/interaction/${uid}/deny"><button type="submit">Deny</button></form>`;

/** Where a user types name (`username`) and password; buttons `Sign in` and `Deny`. */
export function loginPage(uid: string, hint = "", message?: string): string {
  return page(
    "Sign in",
    `${problem(message)}<form method="post" action="/interaction/${uid}/login">
<label>User name <input name="username" autocomplete="username" value="${safe(hint)}" required></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>
<button type="submit">Sign in</button></form>${cancel(uid)}`,
  );
}

/** Where a user allows what an application asks for; buttons `Allow` and `Deny`. */
export function consentPage(uid: string, client: string, scopes: readonly string[]): string {
  return page(
    "Allow access",
    `<p><strong>${safe(client)}</strong> asks for: ${safe(scopes.join(", ") || "access")}</p>
<form method="post" action="/interaction/${uid}/consent"><button type="submit">Allow</button></form>${cancel(uid)}`,
  );
}

/** A page that says something. */
export function messagePage(title: string, message: string): string {
  return page(title, `<p>${safe(message)}</p>`);
}

/** Where a user types the code of a device (`user_code`); button `Continue`. */
export function deviceCodePage(form: string, message?: string): string {
  const text = safe(message ?? "Enter the code that your device shows.");
  const own = form.replace(/ onfocus="[^"]*"/, "");
  return page(
    "Sign in on a device",
    `<p>${text}</p>${own}<button type="submit" form="op.deviceInputForm">Continue</button>`,
  );
}

/** Where a user says that it is the device's code; buttons `Continue` and `Deny`. */
export function deviceConfirmPage(form: string, client: string, code: string): string {
  return page(
    "Sign in on a device",
    `<p><strong>${safe(client)}</strong> shows this code: <code>${safe(code)}</code></p>${form}
<button type="submit" form="op.deviceConfirmForm">Continue</button>
<button type="submit" form="op.deviceConfirmForm" name="abort" value="yes">Deny</button>`,
  );
}

/** Where a user signs out of the provider; button `Sign out`. */
export function signOutPage(form: string): string {
  return page(
    "Sign out",
    `${form}<button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>`,
  );
}
