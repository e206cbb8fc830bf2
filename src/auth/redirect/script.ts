// The script of redirect.html.
import { completeSignIn } from "./complete-sign-in.js";

completeSignIn().catch((error: Error) => {
  document.body.textContent = error.message;
});
