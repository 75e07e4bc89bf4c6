/** The relevant data of `/api/show`. */
interface ModelDetails {
    /** As the server reports them: `completion`, `tools`, `thinking`, `vision`, `embedding`, … An open set. */
    readonly capabilities: readonly string[];
    /** `inferred` for servers before 0.6.4, which report none: derived from the template and the model's metadata. */
    readonly capabilitiesSource: 'reported' | 'inferred';
    /** The maximum context window of the model, in tokens. Absent if the server does not report it. */
    readonly contextLength?: number;
    /** `num_ctx` of the Modelfile: the context window that the server loads the model with, in tokens. */
    readonly numCtx?: number;
    /**
     * Sampling parameters of the Modelfile. Ollama's `/v1` ignores them and uses 1.0 for parameters that a request omits.
     */
    readonly temperature?: number;
    readonly topP?: number;
    /** Host that runs a cloud model (Ollama ≥ 0.12.0): `https://ollama.com:443`. */
    readonly remoteHost?: string;
    /** The special tokens and tags in the chat template, each once: `[TOOL_CALLS]`, `<tool_call>`. At most 64. */
    readonly templateMarks?: readonly string[];
    /**
     * Whether the template starts each answer inside a `<think>` block that the server does not take for reasoning, so that answers
     * have only its end.
     */
    readonly opensReasoning?: boolean;
}

/**
 * Details of the models of one server, by digest. A digest identifies content, so details stay valid if a model is
 * renamed.
 */
type CachedModels = ReadonlyMap<string, CachedModel>;
interface CachedModel {
    readonly details: ModelDetails;
    /** When the details were loaded, in milliseconds since 1970. */
    readonly savedAt: number;
}
/** Caches responses of `/api/show`, so that a list requests only details of new models. */
interface DiscoveryCache {
    /** Returns the cached models of a server; an empty map if there are none. `endpoint` is its native base URL. */
    load(endpoint: string): Promise<CachedModels>;
    /** Replaces the cached models of a server. */
    save(endpoint: string, models: CachedModels): Promise<void>;
}

interface FileDiscoveryCacheOptions {
    /** Directory of the files, one per server. Created on the first write, accessible only by its owner. */
    readonly directory: string;
    /** Maximum number of servers; the one that was saved longest ago is evicted first. @default 32 */
    readonly maxEndpoints?: number | undefined;
    /** Maximum number of models per server. @default 5000 */
    readonly maxModels?: number | undefined;
}
/**
 * A cache in files. Files are replaced atomically and readable only by their owner. A file that is broken, of another
 * version or not regular counts as absent, and the next save replaces it. Of two concurrent saves, the last one wins.
 */
declare function createFileDiscoveryCache({ directory, maxEndpoints, maxModels, }: FileDiscoveryCacheOptions): DiscoveryCache;

export { createFileDiscoveryCache };
export type { FileDiscoveryCacheOptions };
