import type { ListedModel } from '../surface.ts';

/** An entry of `GET /v1/models`: OpenAI's fields, and what a client would otherwise have to guess. */
interface WireModel {
  readonly id: string;
  readonly object: 'model';
  /** Seconds since 1970. */
  readonly created: number;
  readonly owned_by: string;
  /** For people. */
  readonly name?: string;
  /** What it answers: `chat`, or only `embedding`. */
  readonly type?: 'chat' | 'embedding';
  readonly context_window?: number;
  readonly max_output_tokens?: number;
  readonly input?: readonly string[];
  readonly reasoning?: boolean;
  /** `null` when it is not known. */
  readonly tools?: boolean | null;
  /** Where the model came from: `configured`, `discovered`, or `assumed` while its server's list could not be had. */
  readonly source?: string;
  readonly aliases?: readonly string[];
  /** Whether it runs on this machine or network. */
  readonly local?: boolean;
}

/** A name that requests can ask for, as OpenAI's clients read it. */
export function encodeModel(listed: ListedModel): WireModel {
  const created = Math.floor(listed.createdAt / 1000);
  if (listed.type === 'agent') return { id: listed.id, object: 'model', created, owned_by: 'openclaw' };
  const { model } = listed;
  return {
    id: model.ref,
    object: 'model',
    created,
    owned_by: model.provider,
    name: model.name,
    type: listed.type === 'embedding-model' ? 'embedding' : 'chat',
    context_window: model.contextWindow,
    max_output_tokens: model.maxTokens,
    input: model.input,
    reasoning: model.reasoning,
    tools: model.tools ?? null,
    source: model.source,
    aliases: model.aliases,
    local: model.local && model.remoteHost === undefined,
  };
}
