const longest = 120;

/** A name that somebody else wrote, fit for one line of a message. */
export function quoteName(name: string): string {
  return JSON.stringify(name.length > longest ? `${name.slice(0, longest)}…` : name);
}
