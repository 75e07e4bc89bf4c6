import type { RouteHandler } from './gateway-context.ts';
import { chatCompletions } from './routes/chat-completions.ts';
import { listModels, showModel } from './routes/models.ts';
import { passThrough } from './routes/pass-through.ts';
import { health, metrics, readiness } from './routes/probes.ts';
import { page } from './routes/page.ts';
import { status } from './routes/status.ts';

/** One endpoint. */
export interface Route {
  readonly method: 'GET' | 'POST';
  /** A `*` at the end stands for the rest, slashes included. */
  readonly path: string;
  readonly handler: RouteHandler;
  /** `owner`: needs the token when there is one. `anyone`: does not. */
  readonly access: 'owner' | 'anyone';
  /** Whether it asks models: such requests are listed and counted by model. */
  readonly asksModels?: boolean;
}

/** Every endpoint. */
export const ROUTES: readonly Route[] = [
  { method: 'POST', path: '/v1/chat/completions', handler: chatCompletions, access: 'owner', asksModels: true },
  { method: 'POST', path: '/v1/embeddings', handler: passThrough('embeddings'), access: 'owner', asksModels: true },
  { method: 'POST', path: '/v1/completions', handler: passThrough('completions'), access: 'owner', asksModels: true },
  { method: 'GET', path: '/v1/models', handler: listModels, access: 'owner' },
  { method: 'GET', path: '/v1/models/*', handler: showModel, access: 'owner' },
  { method: 'GET', path: '/status', handler: status, access: 'owner' },
  { method: 'GET', path: '/metrics', handler: metrics, access: 'owner' },
  { method: 'GET', path: '/healthz', handler: health, access: 'anyone' },
  { method: 'GET', path: '/readyz', handler: readiness, access: 'anyone' },
  { method: 'GET', path: '/', handler: page('page.html'), access: 'anyone' },
  { method: 'GET', path: '/page.css', handler: page('page.css'), access: 'anyone' },
  { method: 'GET', path: '/page.js', handler: page('page.js'), access: 'anyone' },
];
