import type { Configuration, PublicClientApplication } from "@azure/msal-browser";
import type { Msal } from "./load-msal.js";
import { untilClosed } from "./popup.js";

/** What a session needs of MSAL. */
export interface MsalClient
  extends Pick<
    PublicClientApplication,
    | "initialize"
    | "handleRedirectPromise"
    | "acquireTokenPopup"
    | "acquireTokenRedirect"
    | "acquireTokenSilent"
    | "logoutPopup"
    | "logoutRedirect"
    | "getAllAccounts"
    | "getActiveAccount"
    | "setActiveAccount"
    | "addEventCallback"
  > {
  /** Ends waiting for the popup that is opened next. */
  popupSignal: AbortSignal | undefined;
}

/** An MSAL that notices when the user closes a popup. */
export function msalClient(base: Msal, configuration: Configuration): MsalClient {
  class WatchingClient extends base {
    popupSignal: AbortSignal | undefined;

    // What is asked is only passed on; its type is not one that MSAL exports.
    protected override waitForPopupResponse(request: never, popup: Window, parent: Window): Promise<string> {
      return untilClosed(super.waitForPopupResponse(request, popup, parent), popup, this.popupSignal);
    }
  }
  return new WatchingClient(configuration);
}
