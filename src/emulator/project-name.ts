const PROJECT_NAME = /^(?=.*[a-zA-Z])[a-zA-Z0-9][a-zA-Z0-9-]{1,30}[a-zA-Z0-9]$/;

/** What to do about a name that is none. */
export const PROJECT_NAME_HINT =
  "Use 3 to 32 letters, digits and hyphens; a letter among them, no hyphen at either end.";

/** Whether a project can have this name (contract 1.1). */
export function isProjectName(name: string): boolean {
  return PROJECT_NAME.test(name);
}
