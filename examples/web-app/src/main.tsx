import { openSession } from "pygen/auth/browser";
import { createRoot } from "react-dom/client";
import { App } from "./app.js";
import { loadConfig } from "./config.js";
import { ProblemNotice } from "./problem-notice.js";
import { connect } from "./turbines.js";

const element = document.getElementById("app");
if (!element) throw new Error("The page has no element #app.");
const root = createRoot(element);

try {
  const config = await loadConfig();
  const session = await openSession({ authority: config.authority, clientId: config.clientId });
  root.render(<App session={session} wind={connect(config, session)} />);
} catch (error) {
  root.render(
    <main className="page">
      <ProblemNotice error={error} onRetry={() => location.reload()} />
    </main>,
  );
}
