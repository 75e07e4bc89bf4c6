import { encodeModel, encodeModels } from '@openclaw/openai-wire';
import type { EncodableEntry } from '@openclaw/openai-wire';
import { ProviderError } from '@openclaw/provider';
import { findModelEntry, modelEntries } from '@openclaw/runtime';
import type { Call } from './call.ts';
import type { FetchContext } from './fetch-context.ts';

/** `GET /models`: the names of agents first, then every model that can be asked, and those for embeddings. */
export async function listModels({ signal }: Call, { claw, openedAt }: FetchContext): Promise<Response> {
  const { agents, ...list } = await claw.models({ signal });
  const named = agents.map((id): EncodableEntry => ({ type: 'agent', id, createdAt: openedAt }));
  return json(encodeModels([...named, ...modelEntries(list, { loadedAt: openedAt })]));
}

/** `GET /models/{id}`; the id may be a reference, an alias, or a bare name that only one provider has. */
export async function showModel(
  { signal }: Call,
  { claw, openedAt, id }: FetchContext & { readonly id: string },
): Promise<Response> {
  const { agents, problems, ...list } = await claw.models({ signal });
  if (agents.includes(id)) return json(JSON.stringify(encodeModel({ type: 'agent', id, createdAt: openedAt })));
  const entry = findModelEntry(modelEntries(list, { loadedAt: openedAt }), { id, problems });
  if (entry !== undefined) return json(JSON.stringify(encodeModel(entry)));
  throw new ProviderError(
    'model-not-found',
    `There is no model ${JSON.stringify(id)}. \`GET /models\` lists those there are.`,
  );
}

function json(body: string): Response {
  return new Response(body, { headers: { 'content-type': 'application/json' } });
}
