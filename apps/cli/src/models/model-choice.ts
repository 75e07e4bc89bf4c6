import type { LoadedConfig, ModelChoice } from '@openclaw/config';

/** A model and those that stand behind it, as names. */
export interface ChosenModels {
  readonly primary: string | undefined;
  readonly fallbacks: readonly string[];
}

/** Which models the configuration chooses for text and for images. */
export interface ModelChoices {
  readonly text: ChosenModels;
  readonly image: ChosenModels;
}

/** Reads both forms of a choice: a name alone, or a primary with fallbacks. */
export function readModelChoices({ agents }: LoadedConfig['config']): ModelChoices {
  return { text: readChoice(agents.defaults.model), image: readChoice(agents.defaults.imageModel) };
}

function readChoice(choice: ModelChoice | undefined): ChosenModels {
  if (choice === undefined) return { primary: undefined, fallbacks: [] };
  if (typeof choice === 'string') return { primary: choice, fallbacks: [] };
  return { primary: choice.primary, fallbacks: choice.fallbacks ?? [] };
}

/** Alias → reference, as configured. */
export function readAliases({ agents }: LoadedConfig['config']): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(agents.defaults.models).flatMap(([ref, { alias }]) =>
      alias === undefined ? [] : [[alias, ref] as const],
    ),
  );
}
