/**
 * Tells MSAL of this page to read again what another tab stored. Tabs tell it themselves, but when that comes before the
 * entry is to be seen here, MSAL takes it for none, and the account is left without tokens.
 */
export function tellMsal(key: string, clientId: string): void {
  const parts = key.split("|");
  if (parts.length === 1) return;
  const context = parts[4]?.toLowerCase() === clientId.toLowerCase() ? clientId : "";
  const channel = new BroadcastChannel("msal.broadcast.cache");
  channel.postMessage({ key, value: null, context });
  channel.close();
}
