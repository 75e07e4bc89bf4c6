import { collectMessage } from '@openclaw/provider';
import type { Runtime } from '@openclaw/runtime';

/** A model that answered. */
export interface Proof {
  readonly model: string;
  readonly text: string;
  readonly durationMs: number;
}

interface ProveOptions {
  readonly model: string;
  readonly signal: AbortSignal;
  readonly now: () => number;
}

/**
 * Has a model say something, so that a choice is known to work before it is written down.
 * @throws {ProviderError} when it does not answer
 */
export async function proveModel(runtime: Runtime, { model, signal, now }: ProveOptions): Promise<Proof> {
  const startedAt = now();
  const messages = [{ role: 'user', content: 'Say hello in one short sentence.' }] as const;
  const answer = await collectMessage(runtime.chat({ model, messages }, { signal }));
  return { model: answer.model, text: answer.text.trim(), durationMs: now() - startedAt };
}
