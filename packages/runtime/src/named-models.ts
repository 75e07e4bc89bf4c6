import type { LoadedConfig } from '@openclaw/config';

/** Every model reference, alias or bare name that the configuration mentions outside `models.providers`, each once. */
export function namedModels({ agents }: LoadedConfig['config']): readonly string[] {
  const choices = [agents.defaults, ...(agents.list ?? []), ...Object.values(agents.entries ?? {})].flatMap(
    ({ model, imageModel }) => [model, imageModel],
  );
  const names = [...choices.flatMap(namesOfChoice), ...Object.keys(agents.defaults.models)];
  return [...new Set(names.map((name) => name.trim()).filter((name) => name !== ''))];
}

/** `agents.defaults.model` and its like: one name, or a primary with fallbacks. */
export interface ModelNames {
  readonly primary?: string | undefined;
  readonly fallbacks: readonly string[];
}

/** Reads a choice of models, in whichever of its two forms it is written. */
export function modelNames(
  choice: string | { readonly primary?: string; readonly fallbacks?: readonly string[] } | undefined,
): ModelNames {
  if (choice === undefined || typeof choice === 'string') return { primary: choice, fallbacks: [] };
  return { primary: choice.primary, fallbacks: choice.fallbacks ?? [] };
}

function namesOfChoice(choice: Parameters<typeof modelNames>[0]): string[] {
  const { primary, fallbacks } = modelNames(choice);
  return primary === undefined ? [...fallbacks] : [primary, ...fallbacks];
}
