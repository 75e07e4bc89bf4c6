import type { LoadedConfig } from '@openclaw/config';
import { resolveModelChoices, type ChosenModels } from '@openclaw/model-selection';

/** The chosen models for text and for images. */
export interface ModelChoices {
  readonly text: ChosenModels;
  readonly image: ChosenModels;
}

/** Parses the defaults of all agents. */
export function readModelChoices({ agents }: LoadedConfig['config']): ModelChoices {
  const { primary, fallbacks, imageModel } = resolveModelChoices(agents.defaults);
  return { text: { primary, fallbacks }, image: imageModel };
}

/** Alias → reference, as configured. */
export function readAliases({ agents }: LoadedConfig['config']): Readonly<Record<string, string>> {
  return resolveModelChoices(agents.defaults).aliases;
}
