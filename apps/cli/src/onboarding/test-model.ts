import { collectMessage } from '@openclaw/provider';
import type { Runtime } from '@openclaw/runtime/internal';

/** The answer of a tested model. */
export interface TestedModel {
  readonly model: string;
  readonly text: string;
  readonly durationMs: number;
}

interface TestModelOptions {
  readonly model: string;
  readonly signal: AbortSignal;
  readonly now: () => number;
}

/**
 * Sends a model a short request, so that a choice is tested before it is written.
 * @throws {ProviderError} if it fails
 */
export async function testModel(runtime: Runtime, { model, signal, now }: TestModelOptions): Promise<TestedModel> {
  const startedAt = now();
  const messages = [{ role: 'user', content: 'Say hello in one short sentence.' }] as const;
  const answer = await collectMessage(runtime.chat({ model, messages }, { signal }));
  return { model: answer.model, text: answer.text.trim(), durationMs: now() - startedAt };
}
