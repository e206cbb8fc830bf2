// The application that the tests of signing in use: buttons, and what came of them. Runs in the page.
import type { PygenClient } from "pygen";
import type { openSession, Session, SessionOptions, SignInOptions } from "pygen/auth/browser";

/** What is loaded by script tags or bundled with the page. */
export interface Loaded {
  readonly openSession: typeof openSession;
  readonly PygenClient: typeof PygenClient;
}

/** What the tests may ask of the page. */
export interface App {
  /** The last outcomes of what was done, oldest first: `done`, or an error as JSON. */
  readonly outcomes: unknown[];
  /** How often listeners were called. */
  changes: number;
  session: Session | undefined;
  readonly violations: string[];
  /** Does something with the session, as a handler of the page would. */
  act(name: keyof Actions, options?: object): Promise<void>;
}

export interface Settings {
  readonly session: SessionOptions;
  readonly api: string;
}

declare global {
  interface Window {
    app: App;
    settings: Settings;
  }
}

interface Actions {
  signIn(options?: SignInOptions): unknown;
  signOut(options?: object): unknown;
  call(): unknown;
  token(options?: object): unknown;
  abort(): unknown;
  reopen(): unknown;
  chooseLast(): unknown;
}

export async function start({ openSession, PygenClient }: Loaded): Promise<void> {
  const violations: string[] = [];
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
    violations.push(`${violatedDirective} ${blockedURI}`);
  });
  const { session: options, api } = window.settings;
  const open = (): Promise<Session> => openSession(options);
  let stop = new AbortController();
  const opened = (): Session => {
    if (app.session === undefined) throw new Error("no session");
    return app.session;
  };
  const actions: Actions = {
    signIn: (given) => opened().signIn({ ...given, signal: stop.signal }),
    signOut: (given) => opened().signOut(given),
    token: async (given) => {
      const { expiresAt } = await opened().getToken(given);
      // To a hundred seconds: some pass while a busy machine answers.
      return { life: expiresAt === undefined ? undefined : Math.round((expiresAt - Date.now()) / 100_000) * 100 };
    },
    call: async () => {
      const credentials = opened();
      const client = new PygenClient({ baseUrl: api, project: "page", application: "e2e", credentials });
      const spaces = await client.spaces.list();
      return { spaces: spaces.map(({ space }) => space) };
    },
    abort: () => {
      stop.abort();
      stop = new AbortController();
    },
    reopen: async () => use(await open()),
    chooseLast: () => opened().choose(opened().accounts.at(-1) as Session["accounts"][number]),
  };
  const app: App = {
    outcomes: [],
    changes: 0,
    session: undefined,
    violations,
    act: async (name, given) => {
      try {
        app.outcomes.push((await actions[name](given)) ?? `${name} done`);
      } catch (error) {
        app.outcomes.push(JSON.parse(JSON.stringify(error)));
      }
      show();
    },
  };
  const show = (): void => {
    const { account } = app.session ?? {};
    element("account").textContent = account === undefined ? "signed out" : `signed in: ${account.username}`;
    element("outcome").textContent = JSON.stringify(app.outcomes.at(-1));
  };
  const use = (session: Session): void => {
    app.session = session;
    session.subscribe(() => {
      app.changes += 1;
      show();
    });
    show();
  };
  window.app = app;
  const button = (id: string, name: keyof Actions, given?: object): void =>
    element(id).addEventListener("click", () => void app.act(name, given));
  button("sign-in", "signIn");
  button("sign-in-popup", "signIn", { mode: "popup" });
  button("sign-out", "signOut");
  button("sign-out-popup", "signOut", { mode: "popup" });
  button("call", "call");
  element("sign-in-late").addEventListener("click", () => {
    // Longer than a browser takes a click for the cause of a window.
    setTimeout(async () => {
      await app.act("signIn", { mode: "popup" });
      console.info("signed in late");
    }, 5_500);
  });
  try {
    use(await open());
  } catch (error) {
    app.outcomes.push(JSON.parse(JSON.stringify(error)));
    element("account").textContent = "not opened";
  }
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`no element ${id}`);
  return found;
}
