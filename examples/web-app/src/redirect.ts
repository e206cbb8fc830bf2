import { completeSignIn } from "pygen/auth/redirect";

void completeSignIn();
