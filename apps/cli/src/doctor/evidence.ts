import type { ConfigIssue, LoadedConfig } from '@openclaw/config';
import type { CatalogModel } from '@openclaw/model-selection';
import type {
  HiddenCatalogModel,
  OllamaDiscoveryError,
  ProviderProblem,
  ProviderSetup,
  RunningModel,
  UnusableProvider,
} from '@openclaw/runtime/internal';
import type { LocalServer } from './find-local-servers.ts';
import type { StreamingComparison } from '../models/compare-streaming.ts';

/** The input of the checks. It is gathered first, so that the checks are pure. */
export interface Evidence {
  readonly configPath: string;
  /** Absent if the configuration is invalid. */
  readonly loaded?: LoadedConfig;
  /** Why the configuration is invalid; empty if it is valid. */
  readonly issues: readonly ConfigIssue[];
  readonly issuesMessage?: string;
  readonly files: readonly FileEvidence[];
  readonly inContainer: boolean;
  readonly setups: readonly ProviderSetup[];
  /** Providers that are configured or referenced, but unusable. */
  readonly unusable: readonly UnusableProvider[];
  readonly servers: readonly ServerEvidence[];
  /** Addresses of running Ollama servers that are not configured. */
  readonly elsewhere: readonly string[];
  /** Other servers of this machine that are not configured. They are looked for if no server is usable. */
  readonly local: readonly LocalServer[];
  readonly models: readonly CatalogModel[];
  readonly hidden: readonly HiddenCatalogModel[];
  readonly problems: readonly ProviderProblem[];
  /** The chosen names that match no model, each with its message. */
  readonly missing: readonly MissingChoice[];
  /** With `--streaming`: the comparison of a streamed and a whole answer of the default model. */
  readonly streaming?: StreamingEvidence;
}

/** A comparison, or why there is none. */
export interface StreamingEvidence {
  /** Reference of the model. */
  readonly model: string;
  readonly comparison: StreamingComparison | { readonly type: 'failed'; readonly message: string };
}

/** An existing file or directory of OpenClaw. */
export interface FileEvidence {
  readonly path: string;
  readonly kind: 'file' | 'folder';
  /** Permission bits. */
  readonly mode: number;
}

/** The response or the failure of an Ollama server. */
export interface ServerEvidence {
  readonly provider: string;
  /** Root of `/api/…`. */
  readonly url: string;
  /** Absent if the server responds. */
  readonly failure?: ServerFailure;
  readonly version?: string;
  /** Names of all its models. */
  readonly tags?: readonly string[];
  /** The models in memory. */
  readonly running?: readonly (Pick<RunningModel, 'name' | 'contextLength'> & {
    /** Whether it answered a request for one token in time; absent if it was not asked. */
    readonly responding?: boolean;
  })[];
}

/** The failure: which URL was requested, what failed, and what to do. */
export type ServerFailure = Pick<OllamaDiscoveryError, 'code' | 'connection' | 'message' | 'nextCommand'>;

/** A chosen model that does not exist. */
export interface MissingChoice {
  /** The name as configured. */
  readonly name: string;
  /** `default`, `fallback#1`. */
  readonly roles: readonly string[];
}
