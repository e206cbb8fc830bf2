import type { AccountInfo } from "@azure/msal-browser";
import type { SessionAccount } from "./session.js";

/** Who is signed in, as last told to the application. */
export interface Accounts {
  readonly account: SessionAccount | undefined;
  readonly accounts: readonly SessionAccount[];
}

export const nobody: Accounts = { account: undefined, accounts: [] };

/**
 * Who is signed in by what MSAL knows. Objects of the previous answer are kept where nothing changed, so that they can be
 * compared by identity.
 *
 * @param active - the account in use. MSAL notes it after the account's tokens, so another tab that sees it sees them too
 */
export function accountsOf(infos: readonly AccountInfo[], active: AccountInfo | null, previous: Accounts): Accounts {
  const known = new Map(previous.accounts.map((account) => [account.id, account]));
  const accounts = infos.map((info) => kept(accountOf(info), known.get(info.homeAccountId)));
  const account = accounts.find(({ id }) => id === active?.homeAccountId);
  const same =
    account === previous.account &&
    accounts.length === previous.accounts.length &&
    accounts.every((one, index) => one === previous.accounts[index]);
  return same ? previous : { account, accounts };
}

function accountOf({ homeAccountId, username, name, tenantId }: AccountInfo): SessionAccount {
  return { id: homeAccountId, username, name: name || undefined, tenantId: tenantId || undefined };
}

function kept(next: SessionAccount, previous: SessionAccount | undefined): SessionAccount {
  const same =
    previous !== undefined &&
    previous.username === next.username &&
    previous.name === next.name &&
    previous.tenantId === next.tenantId;
  return same ? previous : next;
}
