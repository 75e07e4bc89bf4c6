import type { IncomingMessage } from 'node:http';
import { answer } from './answer.ts';
import type { Route } from './http/route.ts';
import { countTokens } from './routes/count-tokens.ts';
import { connect } from './routes/connect.ts';
import { listModels, showModel } from './routes/models.ts';
import { passThrough } from './routes/pass-through.ts';
import { health, metrics, readiness } from './routes/probes.ts';
import { chatLikeOllama, generateLikeOllama } from './routes/ollama/chat.ts';
import { embed, embedOne } from './routes/ollama/embed.ts';
import { listOllamaModels } from './routes/ollama/list-models.ts';
import { listRunningModels } from './routes/ollama/list-running-models.ts';
import { manage, manageBlob } from './routes/ollama/manage.ts';
import type { ManageOptions } from './routes/ollama/manage.ts';
import { showOllamaModel } from './routes/ollama/show-model.ts';
import { ollamaVersion } from './routes/ollama/version.ts';
import { logLines } from './routes/log-lines.ts';
import { page, PAGE_FILES } from './routes/page.ts';
import { refuseWebSocket } from './routes/refuse-web-socket.ts';
import { root } from './routes/root.ts';
import { status } from './routes/status.ts';
import { deleteResponse, refuseResponseAction, showResponse } from './routes/stored-responses.ts';
import { ANTHROPIC_MESSAGES } from './surfaces/anthropic-messages/anthropic-messages.ts';
import { OLLAMA_CHAT } from './surfaces/ollama/ollama.ts';
import { OPENAI_CHAT } from './surfaces/openai-chat/openai-chat.ts';
import { CODEX_MODELS } from './surfaces/openai-responses/codex-models.ts';
import { createOpenAIResponses } from './surfaces/openai-responses/openai-responses.ts';
import { createResponseStores } from './surfaces/openai-responses/response-stores.ts';
import type { ResponseStores } from './surfaces/openai-responses/response-stores.ts';

/** Below `/v1` two APIs meet. Every client of Anthropic's names the version of that API. */
function surfaceOf({ headers }: IncomingMessage) {
  return headers['anthropic-version'] === undefined ? OPENAI_CHAT : ANTHROPIC_MESSAGES;
}

const OLLAMA = { surface: OLLAMA_CHAT, access: 'client' } as const;

/** Requests that change the models of an Ollama server. */
const MANAGED: readonly ManageOptions[] = [
  { method: 'POST', path: '/api/pull', names: ['model', 'name'] },
  { method: 'POST', path: '/api/push', names: ['model', 'name'] },
  { method: 'POST', path: '/api/create', names: ['model', 'name', 'from'] },
  { method: 'POST', path: '/api/copy', names: ['source', 'destination'] },
  { method: 'DELETE', path: '/api/delete', names: ['model', 'name'] },
];

const OPENAI = { surface: surfaceOf, access: 'client' } as const;
const ANTHROPIC = { surface: ANTHROPIC_MESSAGES, access: 'client' } as const;

/** Codex sends its version, and reads a list of its own. */
function modelsOf(request: IncomingMessage) {
  return /[?&]client_version=/.test(request.url ?? '') ? CODEX_MODELS : surfaceOf(request);
}

/** Endpoints that keep nothing between requests. */
const ROUTES: readonly Route[] = [
  { method: 'POST', path: '/v1/chat/completions', handler: answer(OPENAI_CHAT), ...OPENAI, asksModels: true },
  { method: 'GET', path: '/v1/models', handler: listModels(modelsOf), ...OPENAI },
  { method: 'GET', path: '/v1/models/*', handler: showModel(modelsOf), ...OPENAI },
  { method: 'POST', path: '/v1/embeddings', handler: passThrough('embeddings'), ...OPENAI, asksModels: true },
  { method: 'POST', path: '/v1/completions', handler: passThrough('completions'), ...OPENAI, asksModels: true },
  { method: 'POST', path: '/v1/messages', handler: answer(ANTHROPIC_MESSAGES), ...ANTHROPIC, asksModels: true },
  { method: 'POST', path: '/v1/messages/count_tokens', handler: countTokens(ANTHROPIC_MESSAGES), ...ANTHROPIC },
  { method: 'POST', path: '/api/chat', handler: chatLikeOllama, ...OLLAMA, asksModels: true },
  { method: 'POST', path: '/api/generate', handler: generateLikeOllama, ...OLLAMA, asksModels: true },
  { method: 'POST', path: '/api/embed', handler: embed, ...OLLAMA, asksModels: true },
  { method: 'POST', path: '/api/embeddings', handler: embedOne, ...OLLAMA, asksModels: true },
  { method: 'GET', path: '/api/tags', handler: listOllamaModels, ...OLLAMA },
  { method: 'POST', path: '/api/show', handler: showOllamaModel, ...OLLAMA },
  { method: 'GET', path: '/api/ps', handler: listRunningModels, ...OLLAMA },
  { method: 'GET', path: '/api/version', handler: ollamaVersion, ...OLLAMA },
  ...MANAGED.map((managed) => ({ ...OLLAMA, handler: manage(managed), method: managed.method, path: managed.path })),
  { method: 'GET', path: '/api/blobs/*', handler: manageBlob('HEAD'), ...OLLAMA, access: 'owner' },
  { method: 'POST', path: '/api/blobs/*', handler: manageBlob('POST'), ...OLLAMA, access: 'owner' },
  { method: 'GET', path: '/connect', handler: connect, access: 'owner' },
  { method: 'GET', path: '/status', handler: status, access: 'owner' },
  { method: 'GET', path: '/log', handler: logLines, access: 'owner' },
  { method: 'GET', path: '/metrics', handler: metrics, access: 'owner' },
  { method: 'GET', path: '/healthz', handler: health, access: 'anyone' },
  { method: 'GET', path: '/readyz', handler: readiness, access: 'anyone' },
  { method: 'GET', path: '/', handler: root(), access: 'anyone' },
  ...PAGE_FILES.map((file) => ({ method: 'GET', path: `/${file}`, handler: page(file), access: 'anyone' }) as const),
];

/** Every endpoint, with a memory of its own for what is kept between requests. */
export function createRoutes(): readonly Route[] {
  return [...ROUTES, ...responsesRoutes(createResponseStores())];
}

function responsesRoutes(stores: ResponseStores): readonly Route[] {
  const surface = createOpenAIResponses(stores);
  const common = { surface, access: 'client' } as const;
  return [
    { method: 'POST', path: '/v1/responses', handler: answer(surface), ...common, asksModels: true },
    { method: 'GET', path: '/v1/responses', handler: refuseWebSocket, ...common },
    { method: 'POST', path: '/v1/responses/*', handler: refuseResponseAction(stores), ...common },
    { method: 'GET', path: '/v1/responses/*', handler: showResponse(stores), ...common },
    { method: 'DELETE', path: '/v1/responses/*', handler: deleteResponse(stores), ...common },
  ];
}
