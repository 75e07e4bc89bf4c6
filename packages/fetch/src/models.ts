import { findCatalogModel } from '@openclaw/model-selection';
import { encodeModel, encodeModels } from '@openclaw/openai-wire';
import type { EncodableEntry } from '@openclaw/openai-wire';
import { ProviderError } from '@openclaw/provider';
import type { ModelList } from '@openclaw/runtime';
import type { Call } from './call.ts';
import type { FetchContext } from './fetch-context.ts';

/** `GET /models`: the names of agents first, then every model that can be asked, and those for embeddings. */
export async function listModels({ signal }: Call, { claw, openedAt }: FetchContext): Promise<Response> {
  const { agents, ...list } = await claw.models({ signal });
  const named = agents.map((id): EncodableEntry => ({ type: 'agent', id, createdAt: openedAt }));
  return json(encodeModels([...named, ...entriesOf(list, openedAt)]));
}

/** `GET /models/{id}`; the id may be a reference, an alias, or a bare name that only one provider has. */
export async function showModel(
  { signal }: Call,
  { claw, openedAt, id }: FetchContext & { readonly id: string },
): Promise<Response> {
  const { agents, problems, ...list } = await claw.models({ signal });
  if (agents.includes(id)) return json(JSON.stringify(encodeModel({ type: 'agent', id, createdAt: openedAt })));
  const entries = entriesOf(list, openedAt);
  const found = findCatalogModel(
    entries.map(({ model }) => model),
    id,
  );
  const entry = entries.find(({ model }) => model === found);
  if (entry !== undefined) return json(JSON.stringify(encodeModel(entry)));
  const unreachable = problems.filter(({ code }) => code === 'unreachable').map(({ message }) => message);
  if (unreachable.length > 0) throw new ProviderError('connection-failed', unreachable.join(' '));
  throw new ProviderError(
    'model-not-found',
    `There is no model ${JSON.stringify(id)}. \`GET /models\` lists those there are.`,
  );
}

type ModelEntry = Exclude<EncodableEntry, { readonly type: 'agent' }> & { readonly model: ModelList['models'][number] };

function entriesOf({ models, hidden }: Pick<ModelList, 'models' | 'hidden'>, openedAt: number): readonly ModelEntry[] {
  const embedding = hidden.filter(({ code }) => code === 'embedding-only').map(({ model }) => model);
  const list = (type: ModelEntry['type']) => (model: ModelEntry['model']) => ({
    type,
    model,
    createdAt: model.modifiedAt ?? openedAt,
  });
  return [...models.map(list('model')), ...embedding.map(list('embedding-model'))];
}

function json(body: string): Response {
  return new Response(body, { headers: { 'content-type': 'application/json' } });
}
