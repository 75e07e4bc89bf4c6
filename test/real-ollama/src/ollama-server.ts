/** A server to run the suite against: a program to start, or a server that runs already. */
export interface OllamaServer {
  /** Names it in reports: `Ollama 0.17.4`. */
  readonly name: string;
  /** `0.17.4` */
  readonly version: string;
  /** Path of the program. Absent for a server that runs already. */
  readonly binary?: string;
  /** Absent for a program. */
  readonly url?: string;
}

/** Compares releases: `isAtLeast('0.12.6', '0.9.0')` is true. Suffixes such as `-rc1` do not count. */
export function isAtLeast(version: string, release: string): boolean {
  const [have, want] = [version, release].map((text) => text.split(/[.-]/).map(Number));
  for (let index = 0; index < 3; index += 1) {
    const difference = (have?.[index] ?? 0) - (want?.[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
