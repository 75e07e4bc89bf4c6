import type { ConfigIssue, LoadedConfig } from '@openclaw/config';
import type { CatalogModel } from '@openclaw/model-selection';
import type {
  HiddenCatalogModel,
  OllamaDiscoveryError,
  ProviderProblem,
  ProviderSetup,
  RunningModel,
  UnusableProvider,
} from '@openclaw/runtime';

/** Everything that the checks judge. Gathered first, so that judging it needs no machine. */
export interface Evidence {
  readonly configPath: string;
  /** Absent when the configuration cannot be used. */
  readonly loaded?: LoadedConfig;
  /** Why the configuration cannot be used; empty when it can. */
  readonly issues: readonly ConfigIssue[];
  readonly issuesMessage?: string;
  readonly files: readonly FileEvidence[];
  readonly inContainer: boolean;
  readonly setups: readonly ProviderSetup[];
  /** Providers that are configured or named and cannot be asked. */
  readonly unusable: readonly UnusableProvider[];
  readonly servers: readonly ServerEvidence[];
  /** Addresses at which an Ollama answers although nothing points there. */
  readonly elsewhere: readonly string[];
  readonly models: readonly CatalogModel[];
  readonly hidden: readonly HiddenCatalogModel[];
  readonly problems: readonly ProviderProblem[];
  /** The chosen names that mean no model, with the words for it. */
  readonly missing: readonly MissingChoice[];
}

/** A file or folder of ours that is there. */
export interface FileEvidence {
  readonly path: string;
  readonly kind: 'file' | 'folder';
  /** Permission bits. */
  readonly mode: number;
}

/** What an Ollama server said, or how it did not. */
export interface ServerEvidence {
  readonly provider: string;
  /** Root of `/api/…`. */
  readonly url: string;
  /** Absent when it answers. */
  readonly failure?: ServerFailure;
  readonly version?: string;
  /** Names of all models that it has. */
  readonly tags?: readonly string[];
  /** What is in memory. */
  readonly running?: readonly Pick<RunningModel, 'name' | 'contextLength'>[];
}

/** How a server did not answer as Ollama does: which URL was asked, what went wrong, and what to do. */
export type ServerFailure = Pick<OllamaDiscoveryError, 'code' | 'message' | 'nextCommand'>;

/** A model that is chosen and not there. */
export interface MissingChoice {
  /** As it is configured. */
  readonly name: string;
  /** `default`, `fallback#1`. */
  readonly roles: readonly string[];
}
