/** One event with its name, without which clients skip it. `json` is on one line, as `JSON.stringify` writes it. */
export function encodeEvent(name: string, json: string): string {
  return `event: ${name}\ndata: ${json}\n\n`;
}
