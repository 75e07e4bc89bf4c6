/** The prompts that the slots of a loaded model have in memory. */
export interface PromptMemory {
  /** Reads a prompt. @returns how many of its characters a slot had in memory */
  read(prompt: string): number;
  clear(): void;
}

/** What any number of slots remember. */
const MAX_PROMPTS = 16;

/**
 * The slot with the longest common beginning reads a prompt. As in Ollama, a slot that has mostly other text keeps it: then
 * the beginning is copied to the slot that was used longest ago.
 */
export function createPromptMemory({ slots }: { slots: number }): PromptMemory {
  let prompts: string[] = [];
  return {
    read(prompt) {
      const common = prompts.map((other) => commonLength(other, prompt));
      const longest = Math.max(0, ...common);
      const best = prompts[common.indexOf(longest)];
      if (best !== undefined && longest * 2 >= best.length) prompts = prompts.filter((other) => other !== best);
      prompts.push(prompt);
      if (prompts.length > Math.min(slots, MAX_PROMPTS)) prompts.shift();
      return longest;
    },
    clear() {
      prompts = [];
    },
  };
}

function commonLength(one: string, other: string): number {
  const limit = Math.min(one.length, other.length);
  let length = 0;
  while (length < limit && one.charCodeAt(length) === other.charCodeAt(length)) length++;
  return length;
}
