import { tokensOf } from './model-details.ts';
import type { ModelDetails } from './model-details.ts';
import type { TaggedModel } from './tagged-model.ts';

/** A model that a server has, and what it can do. */
export interface DiscoveredModel {
  /** As the server lists it, tag included: `gpt-oss:20b`, `llama3.3:latest`. */
  readonly name: string;
  /** sha256 of the model's manifest: equal digests are equal models. */
  readonly digest: string;
  /** As the server reports them; an open set. */
  readonly capabilities: readonly string[];
  /** `inferred` for servers before Ollama 0.6.4, which report none. */
  readonly capabilitiesSource: 'reported' | 'inferred';
  /** Whether it takes tools. */
  readonly tools: boolean;
  /** Whether it reasons before it answers (capability `thinking`). */
  readonly reasoning: boolean;
  readonly input: readonly ('text' | 'image')[];
  /** The longest context the model was trained for, in tokens. The server may load it with less: see `numCtx`. */
  readonly contextWindow: number;
  /** Where `contextWindow` comes from: `/api/show`, `/api/tags` (Ollama ≥ 0.30), or nobody knew. */
  readonly contextWindowSource: 'show' | 'tags' | 'default';
  /** `num_ctx` of the Modelfile, in tokens, when it sets one. */
  readonly numCtx?: number;
  /** Sampling that the Modelfile sets. Ollama's `/v1` replaces what a request leaves out by 1.0 instead. */
  readonly temperature?: number;
  readonly topP?: number;
  /** Ten times the context window: no limit of ours. */
  readonly maxTokens: number;
  /** Per million tokens. Ollama is free. */
  readonly cost: { readonly input: 0; readonly output: 0; readonly cacheRead: 0; readonly cacheWrite: 0 };
  readonly sizeBytes: number;
  /** In the server's words: `20.9B`. */
  readonly parameterSize?: string;
  readonly family?: string;
  /** Where a cloud model really runs; a local server hands the request on. Absent for models that run on the server itself. */
  readonly remoteHost?: string;
}

/** What a model is taken to hold when its server does not say. */
const DEFAULT_CONTEXT_WINDOW = 8192;

/** Joins what `/api/tags` and `/api/show` say of a model. */
export function discoveredModel(tagged: TaggedModel, details: ModelDetails): DiscoveredModel {
  const { capabilities } = details;
  const contextWindow = details.contextLength ?? tokensOf(tagged.contextLength) ?? DEFAULT_CONTEXT_WINDOW;
  const remoteHost = details.remoteHost ?? tagged.remoteHost ?? cloudHostOf(tagged.name);
  return {
    name: tagged.name,
    digest: tagged.digest,
    capabilities,
    capabilitiesSource: details.capabilitiesSource,
    tools: capabilities.includes('tools'),
    reasoning: capabilities.includes('thinking'),
    input: capabilities.includes('vision') ? ['text', 'image'] : ['text'],
    contextWindow,
    contextWindowSource:
      details.contextLength !== undefined ? 'show' : tagged.contextLength !== undefined ? 'tags' : 'default',
    ...(details.numCtx !== undefined && { numCtx: details.numCtx }),
    ...(details.temperature !== undefined && { temperature: details.temperature }),
    ...(details.topP !== undefined && { topP: details.topP }),
    maxTokens: contextWindow * 10,
    cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
    sizeBytes: tagged.sizeBytes,
    ...(tagged.parameterSize !== undefined && { parameterSize: tagged.parameterSize }),
    ...(tagged.family !== undefined && { family: tagged.family }),
    ...(remoteHost !== undefined && { remoteHost }),
  };
}

/** Names with the tag `cloud` or a tag that ends in `-cloud` are handed on to Ollama's cloud (Ollama ≥ 0.18.0). */
function cloudHostOf(name: string): string | undefined {
  return /:(?:[^:/]*-)?cloud$/.test(name) ? 'https://ollama.com' : undefined;
}
