// The script of redirect.html.
import type { PygenError } from "../../errors/index.js";
import { completeSignIn } from "./complete-sign-in.js";

completeSignIn().catch((error: PygenError) => {
  document.body.textContent = [error.message, error.hint].filter(Boolean).join(" ");
});
