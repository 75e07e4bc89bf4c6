/** A model that requests can ask for. A `CatalogModel` of `@openclaw/model-selection` is one. */
export interface EncodableModel {
  /** The name by which requests ask for it. */
  readonly ref: string;
  readonly provider: string;
  /** For people. */
  readonly name: string;
  readonly contextWindow: number;
  readonly maxTokens: number;
  readonly input: readonly string[];
  readonly reasoning: boolean;
  /** Absent if it is not known. */
  readonly tools?: boolean | undefined;
  /** Where the model came from: `configured`, `discovered`, or `assumed` while its server's list could not be had. */
  readonly source: string;
  readonly aliases: readonly string[];
  /** Whether its server runs on this machine or network. */
  readonly local: boolean;
  /** Where the server sends its requests to, for a model in a cloud. */
  readonly remoteHost?: string | undefined;
}

/** An entry of `GET /v1/models`: a model, one for embeddings only, or an agent, which means its default model. */
export type EncodableEntry = (
  | { readonly type: 'model' | 'embedding-model'; readonly model: EncodableModel }
  | { readonly type: 'agent'; readonly id: string }
) & {
  /** Milliseconds since 1970. */
  readonly createdAt: number;
};

/** OpenAI's fields, and what a client would otherwise have to guess. */
interface WireModel {
  readonly id: string;
  readonly object: 'model';
  /** Seconds since 1970. */
  readonly created: number;
  readonly owned_by: string;
  readonly name?: string;
  /** What it answers: `chat`, or only `embedding`. */
  readonly type?: 'chat' | 'embedding';
  readonly context_window?: number;
  readonly max_output_tokens?: number;
  readonly input?: readonly string[];
  readonly reasoning?: boolean;
  /** `null` if it is not known. */
  readonly tools?: boolean | null;
  readonly source?: string;
  readonly aliases?: readonly string[];
  readonly local?: boolean;
}

/** A name that requests can ask for, as OpenAI's clients read it. */
export function encodeModel(entry: EncodableEntry): WireModel {
  const created = Math.floor(entry.createdAt / 1000);
  if (entry.type === 'agent') return { id: entry.id, object: 'model', created, owned_by: 'openclaw' };
  const { model } = entry;
  return {
    id: model.ref,
    object: 'model',
    created,
    owned_by: model.provider,
    name: model.name,
    type: entry.type === 'embedding-model' ? 'embedding' : 'chat',
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

/** The body of `GET /v1/models`. */
export function encodeModels(entries: readonly EncodableEntry[]): string {
  return JSON.stringify({ object: 'list', data: entries.map(encodeModel) });
}
