import { ModelSelectionError } from '@openclaw/model-selection';
import { describeFailure } from '@openclaw/runtime/internal';
import { CliError } from '../cli-error.ts';
import type { Host } from '../host.ts';
import { withNamedOllama } from './with-named-ollama.ts';
import { withRuntime } from '../with-runtime.ts';

/**
 * Resolves a typed name for the configuration: a full reference stays, any other name becomes the reference of the one
 * model that it matches. A bare name never silently selects a model of another provider.
 * @throws {ModelSelectionError} if it matches no model, or several
 */
export async function resolveModelName(host: Host, name: string): Promise<string> {
  const { candidates } = await withRuntime(host, {
    adjust: (loaded) => withNamedOllama(loaded, name),
    use: (runtime) => runtime.explain({ model: name }),
  }).catch(explainForce);
  const [first] = candidates;
  if (first === undefined) throw new CliError('failed', `There is no model ${name}.`);
  return name.includes('/') && !first.model.aliases.includes(name) ? name.trim() : first.model.ref;
}

function explainForce(error: unknown): never {
  if (!(error instanceof ModelSelectionError)) throw error;
  throw new CliError('failed', `${describeFailure(error)} To write the name anyway, add --force.`, {
    fields: { code: error.code, candidates: error.candidates },
    cause: error,
  });
}
