/** A model of Ollama's library that can call tools. */
export interface SuggestedModel {
  readonly name: string;
  readonly downloadBytes: number;
}

const GB = 1_000_000_000;

/**
 * Sizes as of November 2026. The library may change them; the download itself shows the exact size. Qwen 3.5 needs
 * Ollama 0.17.1, so every machine is also offered a model that older releases can pull.
 */
const TOOL_MODELS: readonly SuggestedModel[] = [
  { name: 'gpt-oss:120b', downloadBytes: 65 * GB },
  { name: 'qwen3.5:35b', downloadBytes: 24 * GB },
  { name: 'qwen3:30b', downloadBytes: 19 * GB },
  { name: 'qwen3.5:27b', downloadBytes: 17 * GB },
  { name: 'gpt-oss:20b', downloadBytes: 14 * GB },
  { name: 'qwen3:14b', downloadBytes: 9.3 * GB },
  { name: 'qwen3.5:9b', downloadBytes: 6.6 * GB },
  { name: 'qwen3:8b', downloadBytes: 5.2 * GB },
  { name: 'qwen3.5:4b', downloadBytes: 3.4 * GB },
  { name: 'qwen3:4b', downloadBytes: 2.5 * GB },
  { name: 'qwen3:1.7b', downloadBytes: 1.4 * GB },
];

/** A fifth more than the file, and the cache of a short context. */
const OVERHEAD = { factor: 1.2, bytes: GB };

/** The rest is for the system and for other programs. */
const SHARE_OF_MEMORY = 0.75;

const LONGEST_LIST = 4;

interface Machine {
  /** Memory of the machine that runs the models; absent if it is another machine. */
  readonly memoryBytes?: number | undefined;
}

/** The largest models that fit, largest first; without a known memory, and if none fits, the smallest ones. */
export function suggestModels({ memoryBytes }: Machine): readonly SuggestedModel[] {
  const fitting = TOOL_MODELS.filter(
    ({ downloadBytes }) =>
      memoryBytes !== undefined && downloadBytes * OVERHEAD.factor + OVERHEAD.bytes <= memoryBytes * SHARE_OF_MEMORY,
  );
  if (fitting.length > 0) return fitting.slice(0, LONGEST_LIST);
  return memoryBytes === undefined ? TOOL_MODELS.toReversed().slice(0, LONGEST_LIST) : TOOL_MODELS.slice(-1);
}
