/** Where this deployment's services are: the server of the page knows. */
export interface Config {
  readonly baseUrl: string;
  readonly project: string;
  /** The identity provider. */
  readonly authority: string;
  readonly clientId: string;
  /** The space of the turbines. */
  readonly space: string;
}

export async function loadConfig(): Promise<Config> {
  const answer = await fetch("/config.json");
  if (!answer.ok) throw new Error(`The server gave no configuration (${answer.status}).`);
  return (await answer.json()) as Config;
}
