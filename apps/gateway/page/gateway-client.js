// Requests to the gateway that serves this page. The token stays in this tab.

const TOKEN_KEY = 'openclaw-gateway-token';

let token = sessionStorage.getItem(TOKEN_KEY) ?? '';

export const hasToken = () => token !== '';

export function useToken(next) {
  token = next;
}

export function keepToken() {
  sessionStorage.setItem(TOKEN_KEY, token);
}

export function forgetToken() {
  sessionStorage.removeItem(TOKEN_KEY);
}

/** Fetches a path relative to the page, with the token. */
export function ask(path, { headers, ...init } = {}) {
  const authorization = hasToken() ? { authorization: `Bearer ${token}` } : {};
  return fetch(path, { cache: 'no-store', ...init, headers: { ...headers, ...authorization } });
}

/** Fetches JSON; `undefined` when the gateway refuses. */
export async function askJson(path) {
  const response = await ask(path);
  return response.ok ? response.json() : undefined;
}
