import { inspect } from "node:util";

/** Values that must appear nowhere: of every kind that a client meets. */
export const secrets: Readonly<Record<"token" | "webToken" | "password" | "clientSecret" | "longToken", string>> = {
  token: "pl4nted-T0ken+with/odd=characters-77aa",
  webToken: "eyJhbGciOiJub25lIn0.eyJzdWIiOiJwbGFudGVkIn0.c2lnbmF0dXJlLXBsYW50ZWQ",
  password: "pl4nted-Passw0rd-88bb",
  clientSecret: "pl4nted-Cl1ent-Secret-99cc",
  longToken: `l0ng-pl4nted.${"0paque".repeat(250)}.l0ng-t0ken-end`,
};

/** Every text that shows an error: to people, to logs, to monitoring. */
export function textsOf(error: unknown): string[] {
  const texts: string[] = [];
  const seen = new Set<unknown>();
  const visit = (value: unknown): void => {
    if (typeof value === "string") texts.push(value);
    if (typeof value !== "object" || value === null || seen.has(value)) return;
    seen.add(value);
    if (texts.length === 0 || value instanceof Error) {
      texts.push(inspect(value, { depth: 20, showHidden: true, getters: true, maxArrayLength: 20 }));
      texts.push(JSON.stringify(value) ?? "", String(value));
    }
    // Of long lists of ids all entries are alike.
    for (const key of Reflect.ownKeys(value).slice(0, 50)) {
      texts.push(String(key));
      visit(Reflect.get(value, key));
    }
  };
  visit(error);
  return texts;
}

/** So much of a secret is a leak already. */
const part = 12;

/** Where secrets, or a part of them, occur in texts, also as addresses and JSON write them; the words around each place. */
export function leaks(texts: readonly string[]): string[] {
  const forms = Object.entries(secrets).flatMap(([name, secret]) =>
    [secret.slice(0, part), secret.slice(-part)].flatMap((text) =>
      [text, encodeURIComponent(text), encodeURI(text), JSON.stringify(text).slice(1, -1)].map((form) => ({
        name,
        form,
      })),
    ),
  );
  const found = texts.flatMap((text) =>
    forms.flatMap(({ name, form }) => {
      const place = text.indexOf(form);
      return place < 0 ? [] : [`${name}: ${text.slice(Math.max(0, place - 60), place + 80)}`];
    }),
  );
  return [...new Set(found)].slice(0, 10);
}
