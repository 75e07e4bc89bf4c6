import type { ServerKind } from './server-kind.ts';

/** The target of a request, which every error message names. */
export interface RequestContext {
  readonly provider: string;
  readonly server: ServerKind;
  /** Absent for requests without a model, such as those passed through. */
  readonly model?: string | undefined;
  /** Where the request goes, without credentials and query. */
  readonly url: string;
  /** The capability that the URL is for. */
  readonly capability: 'chat' | 'embeddings';
  /** Values that must not appear in any message. */
  readonly secrets: readonly string[];
}
