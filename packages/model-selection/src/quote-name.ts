const MAX_LENGTH = 120;

/** Quotes an untrusted name for one line of a message. */
export function quoteName(name: string): string {
  return JSON.stringify(name.length > MAX_LENGTH ? `${name.slice(0, MAX_LENGTH)}…` : name);
}
