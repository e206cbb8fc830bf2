import type { PygenError } from "pygen";
import { completeSignIn } from "pygen/auth/redirect";

completeSignIn().catch((error: PygenError) => {
  document.body.textContent = [error.message, error.hint].filter(Boolean).join(" ");
});
