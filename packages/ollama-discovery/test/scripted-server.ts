import { readFileSync } from 'node:fs';

/** The response to a path: a body, a whole response, or a function of the request's body. */
export type Script = Record<string, object | ((body: any) => unknown)>;

/** A `fetch` that returns scripted responses and records requests. Unknown paths get Ollama's 404. */
export function scriptedServer(script: Script) {
  const requests: { url: string; method: string; headers: Headers; body: any }[] = [];
  const fetch = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = input instanceof Request ? input.url : String(input);
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    requests.push({ url, method: init.method ?? 'GET', headers: new Headers(init.headers), body });
    const row = script[new URL(url).pathname];
    const answer = typeof row === 'function' ? await row(body) : row;
    if (answer === undefined) return new Response('404 page not found', { status: 404 });
    return answer instanceof Response ? answer : Response.json(answer);
  };
  return {
    fetch: fetch as typeof globalThis.fetch,
    requests,
    paths: () => requests.map(({ url }) => new URL(url).pathname),
  };
}

/** A recorded response of a release. */
export function fixture(name: string): any {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8'));
}

/** An entry of `/api/tags`. */
export function tag(name: string, digest: string = `digest-of-${name}`, more: object = {}): object {
  return {
    name,
    model: name,
    size: 1000,
    digest,
    details: { family: 'llama', families: null, parameter_size: '8B' },
    ...more,
  };
}

/** A body of `/api/show`. */
export function show(capabilities: readonly string[], contextLength = 32_768): object {
  return { capabilities, model_info: { 'general.architecture': 'llama', 'llama.context_length': contextLength } };
}
