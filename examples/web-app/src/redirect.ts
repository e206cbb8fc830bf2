import { completeSignIn } from "pygen/auth/redirect";

completeSignIn().catch((error: Error) => {
  document.body.textContent = error.message;
});
