/** The releases that the suite can build. They differ from each other in what the product depends on. */
export const OLLAMA_RELEASES: readonly string[] = ['0.17.4', '0.12.6', '0.6.5'];

/** The release that runs unless others are named. */
export const DEFAULT_RELEASE = '0.17.4';
