import { tokensOf } from './model-details.ts';
import type { ModelDetails } from './model-details.ts';
import type { TaggedModel } from './tagged-model.ts';

/** A model of a server, with its capabilities. */
export interface DiscoveredModel {
  /** As the server lists it, tag included: `gpt-oss:20b`, `llama3.3:latest`. */
  readonly name: string;
  /** sha256 of the model's manifest: equal digests are equal models. */
  readonly digest: string;
  /** As the server reports them; an open set. */
  readonly capabilities: readonly string[];
  /** `inferred` for servers before Ollama 0.6.4, which report none. */
  readonly capabilitiesSource: 'reported' | 'inferred';
  /** Whether it supports tools. */
  readonly tools: boolean;
  /** Whether it produces reasoning (capability `thinking`). */
  readonly reasoning: boolean;
  readonly input: readonly ('text' | 'image')[];
  /** Maximum tokens of a request and its answer together: the context length of the model, or `num_ctx` of its Modelfile if that is smaller. */
  readonly contextWindow: number;
  /** Source of `contextWindow`: `/api/show`, `/api/tags` (Ollama ≥ 0.30), the Modelfile, or the default if no source reports it. */
  readonly contextWindowSource: 'show' | 'tags' | 'modelfile' | 'default';
  /** The context length that the model was made for, in tokens, if the server reports it. */
  readonly contextLength?: number;
  /** `num_ctx` of the Modelfile, in tokens, if set: the server loads the model with it. */
  readonly numCtx?: number;
  /**
   * Sampling parameters of the Modelfile. Ollama's `/v1` ignores them and uses 1.0 for parameters that a request omits.
   */
  readonly temperature?: number;
  readonly topP?: number;
  /** Ten times the context window, which is no effective limit. */
  readonly maxTokens: number;
  /** Per million tokens. Ollama is free. */
  readonly cost: { readonly input: 0; readonly output: 0; readonly cacheRead: 0; readonly cacheWrite: 0 };
  readonly sizeBytes: number;
  /** As reported by the server: `20.9B`. */
  readonly parameterSize?: string;
  readonly family?: string;
  readonly families?: readonly string[];
  /** The special tokens and tags in the chat template, each once: `[TOOL_CALLS]`, `<tool_call>`. At most 64. */
  readonly templateMarks?: readonly string[];
  /** Whether answers start inside a `<think>` block of the template that the server does not take for reasoning. */
  readonly opensReasoning?: boolean;
  /** `gguf`. */
  readonly format?: string;
  /** `Q4_K_M`. */
  readonly quantization?: string;
  /** When the model was last changed on its server, in milliseconds since 1970. */
  readonly modifiedAt?: number;
  /**
   * Host that runs a cloud model; the local server forwards requests to it. Absent for models that run on the server
   * itself.
   */
  readonly remoteHost?: string;
}

/** Context window if the server does not report one. */
const DEFAULT_CONTEXT_WINDOW = 8192;

/** Joins the data of `/api/tags` and `/api/show`. */
export function discoveredModel(tagged: TaggedModel, details: ModelDetails): DiscoveredModel {
  const { capabilities } = details;
  const contextLength = details.contextLength ?? tokensOf(tagged.contextLength);
  const limits = [contextLength, details.numCtx].filter((tokens) => tokens !== undefined);
  const contextWindow = limits.length === 0 ? DEFAULT_CONTEXT_WINDOW : Math.min(...limits);
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
    contextWindowSource: windowSource(contextWindow, { tagged, details }),
    ...(contextLength !== undefined && { contextLength }),
    ...(details.numCtx !== undefined && { numCtx: details.numCtx }),
    ...(details.temperature !== undefined && { temperature: details.temperature }),
    ...(details.topP !== undefined && { topP: details.topP }),
    ...(details.templateMarks !== undefined && { templateMarks: details.templateMarks }),
    ...(details.opensReasoning !== undefined && { opensReasoning: details.opensReasoning }),
    maxTokens: contextWindow * 10,
    cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
    sizeBytes: tagged.sizeBytes,
    ...factsOf(tagged),
    ...(remoteHost !== undefined && { remoteHost }),
  };
}

function windowSource(
  contextWindow: number,
  { tagged, details }: { readonly tagged: TaggedModel; readonly details: ModelDetails },
): DiscoveredModel['contextWindowSource'] {
  if (contextWindow === details.contextLength) return 'show';
  if (contextWindow === details.numCtx) return 'modelfile';
  return tokensOf(tagged.contextLength) === undefined ? 'default' : 'tags';
}

/** What the list says of a model and its details do not. */
function factsOf({ parameterSize, family, families, format, quantization, modifiedAt }: TaggedModel) {
  return {
    ...(parameterSize !== undefined && { parameterSize }),
    ...(family !== undefined && { family }),
    ...(families !== undefined && { families }),
    ...(format !== undefined && { format }),
    ...(quantization !== undefined && { quantization }),
    ...(modifiedAt !== undefined && { modifiedAt }),
  };
}

/** Requests for names with the tag `cloud` or `*-cloud` are forwarded to Ollama's cloud (Ollama ≥ 0.18.0). */
function cloudHostOf(name: string): string | undefined {
  return /:(?:[^:/]*-)?cloud$/.test(name) ? 'https://ollama.com' : undefined;
}
