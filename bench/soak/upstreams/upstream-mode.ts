/**
 * How an upstream behaves: `cut` breaks off in the middle of answers, `storm` refuses with 429 and 503, `broken` sends
 * what is no answer, `stale` closes a connection without an answer when a second request arrives on it.
 */
export type UpstreamMode = 'normal' | 'cut' | 'storm' | 'broken' | 'stale';

/** Messages of the soak to an upstream. */
export type UpstreamCommand = { readonly type: 'mode'; readonly mode: UpstreamMode } | { readonly type: 'report' };

/** Messages of an upstream to the soak. */
export type UpstreamMessage = { readonly type: 'ready' } | { readonly type: 'report'; readonly activeRequests: number };
