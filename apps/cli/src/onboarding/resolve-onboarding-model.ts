import type { Runtime } from '@openclaw/runtime/internal';
import { CliError } from '../cli-error.ts';

/**
 * The reference of a name, or of the first model of Ollama if no name is given.
 * @throws {ModelSelectionError} if the name matches no model
 * @throws {CliError} `failed` if Ollama has no usable model
 */
export async function resolveOnboardingModel(runtime: Runtime, name: string | undefined): Promise<string> {
  if (name !== undefined) return (await runtime.explain({ model: name })).candidates[0]?.model.ref ?? name;
  const { models, problems } = await runtime.inventory({ provider: 'ollama' });
  const [first] = models.filter(({ source }) => source === 'discovered');
  if (first !== undefined) return first.ref;
  const [problem] = problems;
  throw new CliError('failed', problem?.message ?? 'Ollama has no usable model.', {
    nextCommands: [
      problem?.nextCommand ?? (problem === undefined ? 'openclaw models pull gpt-oss:20b' : 'openclaw doctor'),
    ],
  });
}
