/** What `/api/show` says of a model, as far as it matters to who asks the model. */
interface ModelDetails {
    /** As the server reports them: `completion`, `tools`, `thinking`, `vision`, `embedding`, … An open set. */
    readonly capabilities: readonly string[];
    /** `inferred` for servers before 0.6.4, which report none: read from the template and the model's metadata. */
    readonly capabilitiesSource: 'reported' | 'inferred';
    /** The longest context the model was trained for, in tokens. Absent when the server does not say. */
    readonly contextLength?: number;
    /** `num_ctx` of the Modelfile: the context the server will load the model with, in tokens. */
    readonly numCtx?: number;
    /** Sampling that the Modelfile sets. Ollama's `/v1` replaces what a request leaves out by 1.0 instead. */
    readonly temperature?: number;
    readonly topP?: number;
    /** Where a cloud model really runs (Ollama ≥ 0.12.0): `https://ollama.com:443`. */
    readonly remoteHost?: string;
}

/** What one server's models can do, by digest. A digest names content, so what it says stays true wherever the model is found. */
type CachedModels = ReadonlyMap<string, CachedModel>;
interface CachedModel {
    readonly details: ModelDetails;
    /** When the server said so, in milliseconds since 1970. */
    readonly savedAt: number;
}
/** Remembers what `/api/show` answered, so that a list asks only about models that are new. */
interface DiscoveryCache {
    /** What is known of this server's models; an empty map when nothing is. `endpoint` is its native base URL. */
    load(endpoint: string): Promise<CachedModels>;
    /** Replaces what is known of this server's models. */
    save(endpoint: string, models: CachedModels): Promise<void>;
}

interface FileDiscoveryCacheOptions {
    /** Where the files lie, one per server. Created on the first write, for its owner only. */
    readonly directory: string;
    /** How many servers are remembered; the one saved longest ago goes first. @default 32 */
    readonly maxEndpoints?: number | undefined;
    /** How many models per server are remembered. @default 5000 */
    readonly maxModels?: number | undefined;
}
/**
 * A cache that outlives the process. Files are replaced whole and readable by their owner only; one that is broken, of
 * another version or no regular file counts as absent and is replaced by the next save. Two processes at once lose at most each other's news.
 */
declare function createFileDiscoveryCache({ directory, maxEndpoints, maxModels, }: FileDiscoveryCacheOptions): DiscoveryCache;

export { createFileDiscoveryCache };
export type { FileDiscoveryCacheOptions };
