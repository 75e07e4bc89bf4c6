const longest = 120;

/** A name that somebody else wrote, fit for one line of a message. */
export function quoteName(name: string): string {
  const cut = name.length > longest ? `${name.slice(0, longest)}…` : name;
  return JSON.stringify(cut);
}
