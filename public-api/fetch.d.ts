import { OpenClaw } from '@openclaw/runtime';

interface OpenClawFetchOptions {
    /** The models; its owner closes it. */
    readonly claw: OpenClaw;
}
/**
 * Creates a `fetch` that answers OpenAI's chat completions, embeddings, text completions and lists of models itself, as
 * the gateway does, whatever the host of the URL. A failed request is a response with OpenAI's error body. If the signal
 * is aborted, it rejects with its reason, as `fetch` does.
 */
declare function createOpenClawFetch({ claw }: OpenClawFetchOptions): typeof globalThis.fetch;

export { createOpenClawFetch };
export type { OpenClawFetchOptions };
