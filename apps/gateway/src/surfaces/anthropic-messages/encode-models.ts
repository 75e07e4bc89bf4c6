import type { ModelInfo } from '@anthropic-ai/sdk/resources/models';
import type { ListedModel } from '../surface.ts';

/** All models as one page of Anthropic's list. */
export function encodeModels(listed: readonly ListedModel[]): string {
  const data = listed.map(toModelInfo);
  const ends = { first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null };
  return JSON.stringify({ data, has_more: false, ...ends });
}

export function encodeModel(listed: ListedModel): string {
  return JSON.stringify(toModelInfo(listed));
}

function toModelInfo(listed: ListedModel): ModelInfo {
  if (listed.type === 'agent') return { ...COMMON, id: listed.id, display_name: listed.id };
  const { ref, name, contextWindow, maxTokens } = listed.model;
  return { ...COMMON, id: ref, display_name: name, max_input_tokens: contextWindow, max_tokens: maxTokens };
}

const COMMON = {
  type: 'model',
  lifecycle: 'active',
  // Servers do not say when a model was released. The API has the epoch for that.
  created_at: '1970-01-01T00:00:00Z',
  max_input_tokens: null,
  max_tokens: null,
  capabilities: null,
  deprecated_at: null,
  retires_at: null,
  line: null,
} as const;
