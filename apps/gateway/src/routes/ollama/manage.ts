import { readObject } from '@openclaw/openai-wire';
import { isProviderError, ProviderError } from '@openclaw/provider';
import type { JsonObject } from '@openclaw/provider';
import type { OllamaRequest, OllamaServer } from '@openclaw/runtime/internal';
import type { Exchange, GatewayContext, RouteHandler } from '../../gateway-context.ts';
import { GatewayError } from '../../gateway-error.ts';
import { readRequestBody } from '../../http/read-request-body.ts';
import { sendReply } from '../../http/send-reply.ts';
import { parseStream } from '../../surfaces/ollama/parse-settings.ts';
import { relayResponse } from './relay-response.ts';

export interface ManageOptions {
  readonly method: 'POST' | 'DELETE';
  readonly path: string;
  /** The keys of the body that name the model on the server; the first one that is given decides which server it is. */
  readonly names: readonly string[];
}

/**
 * A request that changes the models of an Ollama server. It is refused unless `gateway.ollama.manage` allows it: who may
 * ask models may not always fill the disk, or delete them.
 */
export function manage({ method, path, names }: ManageOptions): RouteHandler {
  return async (exchange, context) => {
    const { runtime, logger } = context;
    const { signal } = exchange;
    const body = readObject(await readRequestBody(exchange, context), 'body');
    const name = names.map((key) => body[key]).find(isName);
    if (path === '/api/pull' && name !== undefined && (await isThere(name, { context, exchange }))) {
      sendPulled(exchange, body);
      return;
    }
    requireManage(exchange, { context, path });
    if (name === undefined) throw new ProviderError('invalid-request', `${names[0]} is required`, { param: names[0] });
    const provider = await ownerOf(name, { context, signal });
    const own = Object.fromEntries(names.flatMap((key) => ownName(body[key], { key, provider })));
    const request: OllamaRequest = { provider, method, path, body: { ...body, ...own } };
    await relayResponse(await runtime.requestOllama(request, { signal }), { exchange, logger });
  };
}

/** `/api/blobs/{digest}`: a file of a model that is about to be created. It has no name, so there must be only one server. */
export function manageBlob(method: 'HEAD' | 'POST'): RouteHandler {
  return async (exchange, context) => {
    const { runtime, logger } = context;
    const { request, signal, parameter } = exchange;
    requireManage(exchange, { context, path: '/api/blobs' });
    const [server, ...others] = runtime.ollamaServers();
    if (server === undefined || others.length > 0) throw noOwner('a file', runtime);
    const body = method === 'POST' ? { body: request } : {};
    const path = `/api/blobs/${encodeURIComponent(parameter)}`;
    const response = await runtime.requestOllama({ provider: server.provider, method, path, ...body }, { signal });
    await relayResponse(response, { exchange, logger });
  };
}

function mayManage({ sender }: Exchange, { settings }: GatewayContext): boolean {
  return settings().ollama.manage && sender.isOwner;
}

function requireManage(exchange: Exchange, { context, path }: { context: GatewayContext; path: string }): void {
  if (mayManage(exchange, context)) return;
  if (!exchange.sender.isOwner)
    throw new GatewayError('not-allowed', `Clients of gateway.auth.tokens may not change models (${path}).`);
  throw new GatewayError(
    'not-allowed',
    `The gateway does not change models (${path}). Use the ollama command on the machine of the server, or set gateway.ollama.manage to true.`,
  );
}

interface OwnerOptions {
  readonly context: GatewayContext;
  readonly signal: AbortSignal;
}

/** The Ollama server that a name begins with, or that has the model, or the only one there is. */
async function ownerOf(name: string, { context: { runtime }, signal }: OwnerOptions): Promise<string> {
  const servers = providersOf(runtime);
  const named = servers.find(({ provider }) => name.toLowerCase().startsWith(`${provider}/`));
  if (named !== undefined) return named.provider;
  const [only, ...others] = servers;
  if (only !== undefined && others.length === 0) return only.provider;
  try {
    const { provider } = await runtime.findModel(name, { signal });
    if (servers.some((server) => server.provider === provider)) return provider;
  } catch (error) {
    if (!isProviderError(error) || signal.aborted) throw error;
  }
  throw noOwner(JSON.stringify(name.slice(0, 200)), runtime);
}

function noOwner(what: string, runtime: GatewayContext['runtime']): ProviderError {
  const servers = providersOf(runtime);
  const message =
    servers.length === 0
      ? 'The gateway has no Ollama server.'
      : `The gateway has several Ollama servers, and ${what} may be for each of them. Name one before the model: ${servers.map(({ provider }) => `${provider}/…`).join(' or ')}.`;
  return new ProviderError('invalid-request', message);
}

/** The servers without the further endpoints of their provider. */
function providersOf(runtime: GatewayContext['runtime']): readonly OllamaServer[] {
  const servers = runtime.ollamaServers();
  return servers.filter(({ provider }, index) => servers.findIndex((other) => other.provider === provider) === index);
}

/** The name of a model without its provider. */
function ownName(value: unknown, { key, provider }: { key: string; provider: string }): [string, string][] {
  if (typeof value !== 'string') return [];
  const prefix = `${provider}/`;
  return [[key, value.toLowerCase().startsWith(prefix) ? value.slice(prefix.length) : value]];
}

/** Programs pull a model that they do not find, and then continue. */
async function isThere(
  name: string,
  { context, exchange }: { readonly context: GatewayContext; readonly exchange: Exchange },
): Promise<boolean> {
  // With the permission to pull, an update of the model may be what is wanted.
  if (mayManage(exchange, context)) return false;
  const { signal, client } = exchange;
  try {
    const model = await context.runtime.findModel(name, { signal, allows: client.allows });
    return model.source !== 'assumed';
  } catch (error) {
    if (isProviderError(error) && !signal.aborted) return false;
    throw error;
  }
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function sendPulled(exchange: Exchange, body: JsonObject): void {
  const contentType = parseStream(body) ? 'application/x-ndjson' : undefined;
  sendReply(exchange, { contentType, body: '{"status":"success"}\n' });
}
