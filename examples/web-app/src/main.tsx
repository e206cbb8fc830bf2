import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { openSession } from "pygen/auth/browser";
import { createRoot } from "react-dom/client";
import { App } from "./app.js";
import { loadConfig } from "./config.js";
import { ProblemNotice } from "./problem-notice.js";
import { connect } from "./turbines.js";

const element = document.getElementById("app");
if (!element) throw new Error("The page has no element #app.");
const root = createRoot(element);

// Without a network, calls fail and say so, in place of waiting for it.
const networkMode = "always";
const cache = new QueryClient({ defaultOptions: { queries: { networkMode }, mutations: { networkMode } } });

try {
  const config = await loadConfig();
  const session = await openSession({ authority: config.authority, clientId: config.clientId });
  root.render(
    <QueryClientProvider client={cache}>
      <App session={session} wind={connect(config, session)} />
    </QueryClientProvider>,
  );
} catch (error) {
  root.render(
    <main className="page">
      <ProblemNotice error={error} onRetry={() => location.reload()} />
    </main>,
  );
}
