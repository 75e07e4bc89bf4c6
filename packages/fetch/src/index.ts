export { createOpenClawFetch } from './create-openclaw-fetch.ts';
export type { OpenClawFetchOptions } from './create-openclaw-fetch.ts';
