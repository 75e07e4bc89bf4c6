import { OllamaDiscoveryError } from './ollama-discovery-error.ts';

export interface ResolveOllamaBaseUrlOptions {
  /** The URL from a configuration, with or without `/v1`. It overrides `ollamaHost`. */
  readonly baseUrl?: string | undefined;
  /** The value of `OLLAMA_HOST`. Nothing is read from the environment here. */
  readonly ollamaHost?: string | undefined;
}

/** The URLs of an Ollama server. Neither ends with a slash. */
export interface OllamaBaseUrl {
  /** Root of `/api/…`: `http://127.0.0.1:11434`. */
  readonly nativeUrl: string;
  /** Root of the OpenAI-compatible API: `http://127.0.0.1:11434/v1`. */
  readonly openAiUrl: string;
}

const DEFAULT_PORT: Record<string, string> = { http: '80', https: '443' };
const OLLAMA_PORT = '11434';

/** `OLLAMA_HOST` is also the address that a server binds to. Clients cannot connect to the unspecified address. */
const CONNECTABLE_HOST: Record<string, string> = { '0.0.0.0': '127.0.0.1', '[::]': '[::1]' };

/**
 * Resolves the URLs of an Ollama server from a configured URL or `OLLAMA_HOST`, as Ollama's client does (Ollama ≥
 * 0.18.3): white space and quotes are trimmed; without a scheme it is `http` and port 11434; `http://host` is port 80
 * and `https://host` 443; a bad port in `OLLAMA_HOST` means the default one; `0.0.0.0` and `::` mean loopback; a path
 * is kept. A trailing `/v1` or `/api` is removed.
 * @default http://127.0.0.1:11434
 * @throws {OllamaDiscoveryError} `invalid-url` for a scheme other than http and https, credentials in the URL, or no
 * URL at all
 */
export function resolveOllamaBaseUrl({ baseUrl, ollamaHost }: ResolveOllamaBaseUrlOptions = {}): OllamaBaseUrl {
  const configured = trimQuotes(baseUrl ?? '');
  const text = configured === '' ? trimQuotes(ollamaHost ?? '') : configured;
  const nativeUrl = connectableUrl(text, { strictPort: configured !== '' });
  return { nativeUrl, openAiUrl: `${nativeUrl}/v1` };
}

function trimQuotes(text: string): string {
  return text
    .trim()
    .replace(/^["']+|["']+$/g, '')
    .trim();
}

function connectableUrl(text: string, { strictPort }: { strictPort: boolean }): string {
  if (text === 'ollama.com') return 'https://ollama.com';
  const [, givenScheme, rest = ''] = /^(?:([^:/?#]*):\/\/)?(.*)$/s.exec(text) ?? [];
  const scheme = (givenScheme ?? 'http').toLowerCase();
  const schemePort = DEFAULT_PORT[scheme];
  if (schemePort === undefined) throw invalid(text, `it starts with "${scheme}://", not with "http://" or "https://"`);

  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? '';
  if (authority.includes('@')) throw invalid('', 'it contains a user name or password; use `headers` for those');
  const path = /^[^?#]*/.exec(rest.slice(authority.length))?.[0] ?? '';
  const { host, port } = splitPort(authority);
  const usablePort = isPort(port) ? port : undefined;
  if (strictPort && port !== undefined && usablePort === undefined) throw invalid(text, `"${port}" is not a port`);

  const fallbackPort = givenScheme === undefined ? OLLAMA_PORT : schemePort;
  const href = `${scheme}://${host === '' ? '0.0.0.0' : host}:${usablePort ?? fallbackPort}${path}`;
  if (!URL.canParse(href)) throw invalid(text, 'it is not a URL');
  const url = new URL(href);
  url.hostname = CONNECTABLE_HOST[url.hostname] ?? url.hostname;
  return url.href.replace(/(?:\/+(?:v1|api))?\/*$/, '');
}

/** Splits `host`, `host:port`, `:port`, `[v6]`, `[v6]:port` or a bare IPv6 address. */
function splitPort(authority: string): { host: string; port: string | undefined } {
  const bracketed = /^(\[[^\]]*\])(?::(.*))?$/s.exec(authority);
  if (bracketed !== null) return { host: bracketed[1] ?? '', port: bracketed[2] };
  const [host = '', port, ...more] = authority.split(':');
  return more.length > 0 ? { host: `[${authority}]`, port: undefined } : { host, port };
}

function isPort(port: string | undefined): port is string {
  return port !== undefined && /^\d{1,5}$/.test(port) && Number(port) <= 65_535;
}

function invalid(text: string, why: string): OllamaDiscoveryError {
  const subject = text === '' ? 'The Ollama URL' : `The Ollama URL "${text}"`;
  return new OllamaDiscoveryError(
    'invalid-url',
    `${subject} cannot be used: ${why}. Write it like "http://127.0.0.1:11434".`,
  );
}
