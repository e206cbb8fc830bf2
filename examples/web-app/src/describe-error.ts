import {
  type ApiError,
  isApiError,
  isCredentialsError,
  isNetworkError,
  isPygenError,
  isTimeoutError,
  type PygenError,
} from "pygen";

/** An error in words for the person in front of the screen. */
export interface ErrorText {
  readonly title: string;
  readonly text: string;
  /** For who helps: code, and the service's id of the request. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** Signing in again is what helps. */
  readonly signIn?: boolean;
}

export function describeError(error: unknown): ErrorText {
  if (!isPygenError(error)) {
    return {
      title: "Something went wrong",
      text: error instanceof Error ? error.message : "It is not known what.",
      facts: [],
    };
  }
  return { ...words(error), facts: factsOf(error) };
}

function words(error: PygenError): Omit<ErrorText, "facts"> {
  if (isCredentialsError(error)) return { ...credentialWords(error.code), signIn: true };
  if (isNetworkError(error)) {
    return {
      title: "The service cannot be reached",
      text: "Check your connection to the network.",
    };
  }
  if (isTimeoutError(error)) {
    return { title: "The service took too long", text: "It may be busy. Try again in a moment." };
  }
  if (isApiError(error)) return apiWords(error);
  return { title: "Something went wrong", text: error.hint ?? error.message };
}

function credentialWords(code: string): Omit<ErrorText, "facts"> {
  if (code === "CREDENTIALS.UNREACHABLE") {
    return { title: "The sign-in service cannot be reached", text: "Check your connection to the network." };
  }
  if (code === "CREDENTIALS.REFUSED") {
    return { title: "You were not signed in", text: "The sign-in service refused, or it was not allowed to answer." };
  }
  return { title: "You are not signed in any more", text: "Sign in again to go on." };
}

function apiWords(error: ApiError): Omit<ErrorText, "facts"> {
  switch (error.code) {
    case "API.FORBIDDEN":
      return {
        title: "You are not allowed to do this",
        text: "Ask for the access right, or sign in as somebody else.",
      };
    case "API.UNAUTHORIZED":
      return { title: "You are not signed in any more", text: "Sign in again to go on.", signIn: true };
    case "API.RATE_LIMITED":
    case "API.SERVER":
      return { title: "The service is busy", text: "Try again in a moment." };
    default:
      return { title: "The service refused this", text: error.hint ?? error.message };
  }
}

function factsOf(error: PygenError): ErrorText["facts"] {
  return [
    ["Code", error.code],
    ["Says", error.message],
    ...(error.requestId === undefined ? [] : [["Request", error.requestId] as const]),
  ];
}
