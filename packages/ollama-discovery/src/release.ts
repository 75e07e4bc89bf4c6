/**
 * Whether a release of Ollama (`0.12.6`, `0.13.0-rc1`) is at least as new as another. `undefined` if that is not known: builds from
 * source report `0.0.0`.
 */
export function isReleaseAtLeast(version: string | undefined, other: string): boolean | undefined {
  const numbers = numbersOf(version ?? '');
  if (numbers.every((part) => part === 0)) return undefined;
  for (const [index, wanted] of numbersOf(other).entries()) {
    const own = numbers[index] ?? 0;
    if (own !== wanted) return own > wanted;
  }
  return true;
}

/**
 * The context length in tokens that a release loads a model with when nothing sets one: neither the request, nor the Modelfile, nor
 * `OLLAMA_CONTEXT_LENGTH`. From 0.15.5 on it is larger with much video memory, so it is a lower bound there.
 */
export function defaultContextLength(version: string | undefined): number {
  return isReleaseAtLeast(version, '0.6.7') === true ? 4096 : 2048;
}

function numbersOf(version: string): readonly number[] {
  return /^v?(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number) ?? [];
}
