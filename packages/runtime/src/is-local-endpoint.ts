/**
 * Whether an endpoint is on this machine or in its network: loopback, private and link-local addresses, `.local`,
 * `.lan`, `.internal` and `.localhost` names, and names without a dot. The server may still forward requests to another
 * host.
 */
export function isLocalEndpoint(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const host = new URL(url).hostname.toLowerCase();
  if (host.startsWith('[')) return /^\[(?:::1|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*)\]$/.test(host);
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host))
    return /^(?:127|10)\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^169\.254\./.test(host);
  return !host.includes('.') || /\.(?:local|lan|internal|home\.arpa|localhost)$/.test(host);
}
