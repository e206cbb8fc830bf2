/** Where MSAL keeps what is under way in this tab. */
const key = "msal.interaction.status";

/** Tells MSAL that what this application began is over, where MSAL itself forgets to note it. */
export function endInteraction(clientId: string): void {
  if (sessionStorage.getItem(key)?.includes(JSON.stringify(clientId))) sessionStorage.removeItem(key);
}
