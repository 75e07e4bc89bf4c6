import { isIP } from 'node:net';
import { hostname } from 'node:os';

/** Whether Ollama answers a page of this origin; other origins get an empty 403. No origin is fine. */
export function isAllowedOrigin(origin: string | undefined, { origins }: { origins: readonly string[] }): boolean {
  if (origin === undefined || origins.includes('*') || origins.includes(origin)) return true;
  return (
    /^https?:\/\/(localhost|127\.0\.0\.1|0\.0\.0\.0)(:\d+)?$/.test(origin) ||
    /^(app|file|tauri|vscode-webview|vscode-file):\/\//.test(origin)
  );
}

/** Whether an address that Ollama is bound to makes it look at the Host header: only loopback does. */
export function checksHost(boundTo: string): boolean {
  return boundTo === 'localhost' || boundTo === '::1' || boundTo.startsWith('127.');
}

/** Whether Ollama, bound to loopback, answers to this Host header; others get an empty 403 (against DNS rebinding). */
export function isAllowedHost(host: string | undefined): boolean {
  const name = (host ?? '')
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')
    .toLowerCase();
  if (isIP(name) !== 0) return isPrivateAddress(name);
  return (
    name === '' ||
    name === 'localhost' ||
    name === hostname().toLowerCase() ||
    /\.(localhost|local|internal)$/.test(name)
  );
}

function isPrivateAddress(address: string): boolean {
  return /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|0\.0\.0\.0$|::1?$|f[cd])/.test(address);
}
