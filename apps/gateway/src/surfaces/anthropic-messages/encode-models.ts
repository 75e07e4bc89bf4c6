import type { ModelInfo } from '@anthropic-ai/sdk/resources/models';
import type { ListedModel } from '../surface.ts';

/** All models that chat, as one page of Anthropic's list: it has no mark for those that only embed. */
export function encodeModels(listed: readonly ListedModel[]): string {
  const data = listed.filter(({ type }) => type !== 'embedding-model').map(toModelInfo);
  const ends = { first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null };
  return JSON.stringify({ data, has_more: false, ...ends });
}

export function encodeModel(listed: ListedModel): string {
  return JSON.stringify(toModelInfo(listed));
}

function toModelInfo(listed: ListedModel): ModelInfo {
  const common = { ...COMMON, created_at: new Date(listed.createdAt).toISOString() };
  if (listed.type === 'agent') return { ...common, id: listed.id, display_name: listed.id };
  const { ref, name, contextWindow, maxTokens } = listed.model;
  return { ...common, id: ref, display_name: name, max_input_tokens: contextWindow, max_tokens: maxTokens };
}

const COMMON = {
  type: 'model',
  lifecycle: 'active',
  max_input_tokens: null,
  max_tokens: null,
  capabilities: null,
  deprecated_at: null,
  retires_at: null,
  line: null,
} as const;
