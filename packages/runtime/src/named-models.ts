import type { LoadedConfig } from '@openclaw/config';
import { parseModelChoice } from '@openclaw/model-selection';

/** Every model reference, alias or bare name that the configuration mentions outside `models.providers`, each once. */
export function namedModels({ agents }: LoadedConfig['config']): readonly string[] {
  const choices = [agents.defaults, ...(agents.list ?? []), ...Object.values(agents.entries ?? {})].flatMap(
    ({ model, imageModel }) => [parseModelChoice(model), parseModelChoice(imageModel)],
  );
  const chosen = choices.flatMap(({ primary = '', fallbacks }) => [primary, ...fallbacks]);
  const names = [...chosen, ...Object.keys(agents.defaults.models)];
  return [...new Set(names.map((name) => name.trim()).filter((name) => name !== ''))];
}
