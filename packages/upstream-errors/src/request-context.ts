import type { ServerKind } from './server-kind.ts';

/** Whom a request went to: what every error message names. */
export interface RequestContext {
  readonly provider: string;
  readonly server: ServerKind;
  /** Absent for requests that name none, such as those passed through. */
  readonly model?: string | undefined;
  /** Where the request goes, without credentials and query. */
  readonly url: string;
  /** Which ability the URL is for. */
  readonly capability: 'chat' | 'embeddings';
  /** Values that must not appear in any message. */
  readonly secrets: readonly string[];
}
