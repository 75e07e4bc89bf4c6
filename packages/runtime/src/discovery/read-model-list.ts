import type { DescribedModel, HiddenServerModel, ServerInventory } from './server-inventory.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the list of `GET /v1/models`, or of LM Studio's `GET /api/v0/models`. `undefined` if it is not such a list.
 *
 * All servers list `{ data: [{ id }] }`. What some of them add: vLLM and SGLang `max_model_len`, llama.cpp `meta` and
 * `models[].capabilities`, LM Studio `type`, `max_context_length` and `capabilities`, Lemonade `labels`, `recipe` and
 * `recipe_options.ctx_size`, OpenRouter `context_length`, `architecture`, `supported_parameters` and `pricing`, Mistral
 * `capabilities`. LocalAI lists only names. A key means the same in every list, so the kind of server is not needed.
 */
export function readModelList(body: unknown): ServerInventory | undefined {
  const entries = Array.isArray(body) ? body : fieldsOf(body)['data'];
  if (!Array.isArray(entries)) return undefined;
  const listed = new Map(
    entries.flatMap((entry: unknown): [string, Fields][] => {
      const fields = fieldsOf(entry);
      const id = fields['id'];
      return typeof id === 'string' && id !== '' ? [[id, fields]] : [];
    }),
  );
  const described = [...listed].map(([name, fields]) => {
    const labels = labelsOf(name, { fields, body });
    const model = describeModel(name, { fields, parent: parentOf(fields, listed), labels });
    return { model, use: useOf(name, { fields, labels }) };
  });
  return {
    models: described.flatMap(({ model, use }) => (use === 'chat' ? [model] : [])),
    hidden: described.flatMap(({ model, use }) => (use === 'chat' ? [] : [hiddenModel(model, use)])),
  };
}

/** Whether a list is that of LM Studio's OpenAI-compatible API, which lists only names. */
export function isLmStudioList(body: unknown): boolean {
  const entries = fieldsOf(body)['data'];
  return (
    Array.isArray(entries) &&
    entries.some((entry: unknown) => fieldsOf(entry)['owned_by'] === 'organization_owner' && !hasWindow(entry))
  );
}

function hasWindow(entry: unknown): boolean {
  return windowOf(fieldsOf(entry)) !== undefined;
}

interface Described {
  readonly fields: Fields;
  /** vLLM: the base model of a LoRA adapter. Both have its window. */
  readonly parent: Fields | undefined;
  readonly labels: readonly string[];
}

function describeModel(name: string, { fields, parent, labels }: Described): DescribedModel {
  const contextWindow = windowOf(fields) ?? windowOf(parent ?? {});
  const maxTokens = tokensOf(fieldsOf(fields['top_provider'])['max_completion_tokens']);
  const parameters = stringsOf(fields['supported_parameters']);
  const modalities = stringsOf(fieldsOf(fields['architecture'])['input_modalities']) ?? [];
  const seesImages = modalities.includes('image') || labels.some((label) => IMAGE_LABELS.has(label));
  return {
    name,
    input: seesImages || fields['type'] === 'vlm' ? ['text', 'image'] : ['text'],
    tools: parameters?.includes('tools') ?? (labels.some((label) => TOOL_LABELS.has(label)) ? true : undefined),
    reasoning:
      parameters?.includes('reasoning') ?? labels.some((label) => label === 'reasoning' || label === 'thinking'),
    ...(contextWindow !== undefined && { contextWindow }),
    ...(maxTokens !== undefined && { maxTokens }),
    cost: costOf(fieldsOf(fields['pricing'])),
  };
}

const IMAGE_LABELS: ReadonlySet<string> = new Set(['vision', 'multimodal']);
const TOOL_LABELS: ReadonlySet<string> = new Set(['tool_use', 'tool-calling', 'tools', 'function_calling']);

/** The window that a model is served with; the smallest if the server reports several. */
function windowOf(fields: Fields): number | undefined {
  const meta = fieldsOf(fields['meta']);
  const provider = fieldsOf(fields['top_provider']);
  const known = [
    fields['max_model_len'],
    fields['loaded_context_length'],
    fields['max_context_length'],
    fields['context_length'],
    provider['context_length'],
    fields['context_window'],
    fields['max_context_window'],
    fieldsOf(fields['recipe_options'])['ctx_size'],
    meta['n_ctx'],
    meta['n_ctx_train'],
  ].flatMap((value) => tokensOf(value) ?? []);
  return known.length === 0 ? undefined : Math.min(...known);
}

type Use = 'chat' | 'embeddings' | 'other';

const USE_BY_TYPE: Readonly<Record<string, Use>> = {
  embeddings: 'embeddings',
  embedding: 'embeddings',
  reranking: 'other',
  rerank: 'other',
  reranker: 'other',
  image: 'other',
  transcription: 'other',
  audio: 'other',
  tts: 'other',
  stt: 'other',
  speech: 'other',
};

function useOf(name: string, { fields, labels }: { fields: Fields; labels: readonly string[] }): Use {
  const output = stringsOf(fieldsOf(fields['architecture'])['output_modalities']);
  if (output !== undefined && !output.includes('text')) return output.includes('embeddings') ? 'embeddings' : 'other';
  const capabilities = fieldsOf(fields['capabilities']);
  if (capabilities['completion_chat'] === false) return 'other';
  const type = [fields['type'], ...labels].find(
    (word): word is string => typeof word === 'string' && word in USE_BY_TYPE,
  );
  if (type !== undefined) return USE_BY_TYPE[type] ?? 'chat';
  // OpenAI and LM Studio name all models for embeddings so, and say no kind in this list.
  return name.startsWith('text-embedding-') ? 'embeddings' : 'chat';
}

function hiddenModel(model: DescribedModel, use: Exclude<Use, 'chat'>): HiddenServerModel {
  const { name } = model;
  const isEmbedding = use === 'embeddings';
  const what = isEmbedding ? 'is an embedding model' : 'is not a chat model';
  const message = `${name} ${what}. Choose another model of this server.`;
  return { name, model, reason: isEmbedding ? 'embedding-only' : 'not-chat', message };
}

/** The kind of a model that a server reports, in lower case. llama.cpp reports it in a second list. */
function labelsOf(name: string, { fields, body }: { fields: Fields; body: unknown }): readonly string[] {
  const others = fieldsOf(body)['models'];
  const twin: unknown = Array.isArray(others) ? others.find((entry) => namesOf(entry).includes(name)) : undefined;
  const capabilities = Object.entries(fieldsOf(fields['capabilities'])).flatMap(([key, value]) =>
    value === true ? [key] : [],
  );
  return [
    ...(stringsOf(fields['labels']) ?? []),
    ...(stringsOf(fields['capabilities']) ?? capabilities),
    ...(stringsOf(fieldsOf(twin)['capabilities']) ?? []),
  ].map((label) => label.toLowerCase());
}

function namesOf(entry: unknown): readonly unknown[] {
  const { name, model } = fieldsOf(entry);
  return [name, model];
}

function parentOf({ parent }: Fields, listed: ReadonlyMap<string, Fields>): Fields | undefined {
  return typeof parent === 'string' ? listed.get(parent) : undefined;
}

/** OpenRouter prices one token in dollars, the catalog a million. A negative price means that it varies. */
function costOf(pricing: Fields): DescribedModel['cost'] {
  const price = (key: string): number => Math.max(0, Math.round(Number(pricing[key] ?? 0) * 1e12) / 1e6 || 0);
  return {
    input: price('prompt'),
    output: price('completion'),
    cacheRead: price('input_cache_read'),
    cacheWrite: price('input_cache_write'),
  };
}

function tokensOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

function stringsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : undefined;
}

function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
