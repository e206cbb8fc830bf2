// The door `pygen/auth/redirect`: what the page does that identity providers send their answers to.
export { completeSignIn } from "./complete-sign-in.js";
