import type { OpenClaw } from '@openclaw/runtime';

/** What all requests of one `fetch` share. */
export interface FetchContext {
  readonly claw: OpenClaw;
  /** The time of models whose server does not say when they were changed, in milliseconds since 1970. */
  readonly openedAt: number;
}
