import type { Runtime } from '@openclaw/runtime';
import { CliError } from '../cli-error.ts';

/**
 * The reference for a name, or of the first model that Ollama has when none is given.
 * @throws {ModelSelectionError} when the name means no model
 * @throws {CliError} `failed` when there is no model to take
 */
export async function resolveOnboardingModel(runtime: Runtime, name: string | undefined): Promise<string> {
  if (name !== undefined) return (await runtime.explain({ model: name })).candidates[0]?.model.ref ?? name;
  const { models, problems } = await runtime.inventory({ provider: 'ollama' });
  const [first] = models.filter(({ source }) => source === 'discovered');
  if (first !== undefined) return first.ref;
  const [problem] = problems;
  throw new CliError('failed', problem?.message ?? 'Ollama has no model that can be used.', {
    nextCommands: [problem?.nextCommand ?? (problem === undefined ? 'ollama pull gpt-oss:20b' : 'openclaw doctor')],
  });
}
