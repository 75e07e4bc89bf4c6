/** A release that the suite can build. */
export interface OllamaRelease {
  /** Optimisation of the C++ parts. What decides about speed is always compiled with -O3. */
  readonly optimization: '-O0' | '-O1';
}

/** The releases that behave differently from each other in what the product depends on. */
export const OLLAMA_RELEASES: Readonly<Record<string, OllamaRelease>> = {
  '0.17.4': { optimization: '-O0' },
  '0.12.6': { optimization: '-O0' },
  '0.6.5': { optimization: '-O0' },
};

/** The release that runs unless others are named. */
export const DEFAULT_RELEASE = '0.17.4';
