import { answer } from './answer.ts';
import type { Route } from './http/route.ts';
import { listModels, showModel } from './routes/models.ts';
import { passThrough } from './routes/pass-through.ts';
import { health, metrics, readiness } from './routes/probes.ts';
import { page } from './routes/page.ts';
import { status } from './routes/status.ts';
import { OPENAI_CHAT } from './surfaces/openai-chat/openai-chat.ts';

const OPENAI = { surface: OPENAI_CHAT, access: 'owner' } as const;

/** Every endpoint. */
export const ROUTES: readonly Route[] = [
  { method: 'POST', path: '/v1/chat/completions', handler: answer(OPENAI_CHAT), ...OPENAI, asksModels: true },
  { method: 'GET', path: '/v1/models', handler: listModels(OPENAI_CHAT), ...OPENAI },
  { method: 'GET', path: '/v1/models/*', handler: showModel(OPENAI_CHAT), ...OPENAI },
  { method: 'POST', path: '/v1/embeddings', handler: passThrough('embeddings'), ...OPENAI, asksModels: true },
  { method: 'POST', path: '/v1/completions', handler: passThrough('completions'), ...OPENAI, asksModels: true },
  { method: 'GET', path: '/status', handler: status, access: 'owner' },
  { method: 'GET', path: '/metrics', handler: metrics, access: 'owner' },
  { method: 'GET', path: '/healthz', handler: health, access: 'anyone' },
  { method: 'GET', path: '/readyz', handler: readiness, access: 'anyone' },
  { method: 'GET', path: '/', handler: page('page.html'), access: 'anyone' },
  { method: 'GET', path: '/page.css', handler: page('page.css'), access: 'anyone' },
  { method: 'GET', path: '/page.js', handler: page('page.js'), access: 'anyone' },
];
