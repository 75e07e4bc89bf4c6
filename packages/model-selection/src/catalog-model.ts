/** A model that can be asked, and what is known of it before it is. */
export interface CatalogModel {
  /** Full reference, `ollama/gpt-oss:20b`. */
  readonly ref: string;
  /** Id of the provider, in lower case: `ollama`. */
  readonly provider: string;
  /** As the provider names it: `gpt-oss:20b`. */
  readonly model: string;
  /** For people. */
  readonly name: string;
  /** The base URL that is asked. */
  readonly endpoint: string;
  /** What it can be given. With the source `assumed` nobody knows about images: a request that brings some is sent. */
  readonly input: readonly ('text' | 'image')[];
  /** Whether it calls tools; `undefined` when nobody said. */
  readonly tools: boolean | undefined;
  readonly reasoning: boolean;
  /** Tokens that a request and its answer may take together. */
  readonly contextWindow: number;
  /** Tokens that an answer may take. */
  readonly maxTokens: number;
  /** Price of a million tokens. */
  readonly cost: ModelCost;
  /** Whether the endpoint is on this machine or network; `remoteHost` may tell otherwise of the model. */
  readonly local: boolean;
  /** Where the server itself sends requests for this model, when it does not run it. */
  readonly remoteHost?: string;
  /** `assumed`: named by somebody while the provider's own list could not be had. */
  readonly source: 'configured' | 'discovered' | 'assumed';
  readonly aliases: readonly string[];
}

/** Prices of a million tokens. */
export interface ModelCost {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** What holds for all models of a provider. */
export interface CatalogProvider {
  /** As in references: `ollama`. */
  readonly id: string;
  /**
   * For servers that tag their models the way Ollama does: the tag that a name without one means (`latest`). Names of
   * such a provider are compared without case, too; the stored spelling is the one that is used.
   */
  readonly defaultTag?: string | undefined;
  /**
   * Makes an entry for a model that is not listed. Give it while the provider's list could not be had, so that a request
   * finds out by asking; leave it out where the list is to be trusted.
   */
  readonly assume?: ((model: string) => CatalogModel) | undefined;
  /** Shell commands for messages. */
  readonly commands?: ProviderCommands | undefined;
}

/** Shell commands that put a provider right, for messages. */
export interface ProviderCommands {
  /** Starts the server: `ollama serve`. */
  readonly start?: string | undefined;
  /** Fetches a model; its name is appended: `ollama pull`. */
  readonly pull?: string | undefined;
}
