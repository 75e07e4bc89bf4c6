/** A model and its properties. */
export interface CatalogModel {
  /** Full reference, `ollama/gpt-oss:20b`. */
  readonly ref: string;
  /** Id of the provider, in lower case: `ollama`. */
  readonly provider: string;
  /** The provider's name of the model: `gpt-oss:20b`. */
  readonly model: string;
  /** A display name. */
  readonly name: string;
  /** The base URL of its server; of the first one if there are several `targets`. */
  readonly endpoint: string;
  /** The configured name of the endpoint, if its provider has several. */
  readonly endpointName?: string;
  /**
   * The model at each endpoint that has it, if there are at least two, in the order of the configuration. The other
   * fields are then what all of them have in common.
   */
  readonly targets?: readonly Target[];
  /** Accepted input. Unknown for the source `assumed`: a request with images is sent. */
  readonly input: readonly ('text' | 'image')[];
  /** Whether it calls tools; `undefined` if unknown. */
  readonly tools: boolean | undefined;
  readonly reasoning: boolean;
  /** Maximum tokens of a request and its answer together. */
  readonly contextWindow: number;
  /** The context length that the model was made for, if it is known and larger than `contextWindow`. */
  readonly contextLength?: number;
  /** Maximum tokens of an answer. */
  readonly maxTokens: number;
  /** Price of a million tokens. */
  readonly cost: ModelCost;
  /** Whether the endpoint is on this machine or network. With `remoteHost` the model itself runs elsewhere. */
  readonly local: boolean;
  /** The host to which the server forwards requests for this model. */
  readonly remoteHost?: string;
  /** When it was last changed on its server, in milliseconds since 1970, if the server reports it. */
  readonly modifiedAt?: number;
  /** `assumed`: a name was given while the provider's list was not available. */
  readonly source: 'configured' | 'discovered' | 'assumed';
  readonly aliases: readonly string[];
}

/** A model at one of the endpoints of its provider, with what it can do there. */
export interface Target extends CatalogModel {
  readonly endpointName: string;
}

/** Prices of a million tokens. */
export interface ModelCost {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** Properties of all models of a provider. */
export interface CatalogProvider {
  /** The id in references: `ollama`. */
  readonly id: string;
  /**
   * For servers that tag models like Ollama: the tag of a name without one (`latest`). Names of such a provider are
   * also compared without case. Requests use the listed spelling.
   */
  readonly defaultTag?: string | undefined;
  /**
   * Creates an entry for a model that is not listed. Set it while the provider's list is not available, so that the
   * request is sent anyway. Omit it if the list is complete. It returns `undefined` for a model that must not be used.
   */
  readonly assume?: ((model: string) => CatalogModel | undefined) | undefined;
  /** Shell commands for messages. */
  readonly commands?: ProviderCommands | undefined;
}

/** Shell commands that repair a provider, for messages. */
export interface ProviderCommands {
  /** Starts the server: `ollama serve`. */
  readonly start?: string | undefined;
  /** Downloads a model; its name is appended: `ollama pull`. */
  readonly pull?: string | undefined;
}
