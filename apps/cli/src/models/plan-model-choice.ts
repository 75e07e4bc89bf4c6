import type { ConfigEdit, LoadedConfig } from '@openclaw/config';

/** The new choice; absent parts stay unchanged. */
export interface WantedChoice {
  readonly key: 'model' | 'imageModel';
  readonly primary?: string | undefined;
  readonly fallbacks?: readonly string[] | undefined;
}

/**
 * Plans the smallest change for a choice. A choice that is written as a plain name stays one until it gets fallbacks.
 */
export function planModelChoice(
  { agents }: LoadedConfig['config'],
  { key, primary, fallbacks }: WantedChoice,
): ConfigEdit[] {
  const path = `agents.defaults.${key}`;
  const current = agents.defaults[key];
  if (typeof current === 'string' && fallbacks !== undefined && fallbacks.length > 0)
    return [{ type: 'set', path, value: { primary: primary ?? current, fallbacks: [...fallbacks] } }];
  if (typeof current === 'string') return primary === undefined ? [] : [{ type: 'set', path, value: primary }];
  const edits: ConfigEdit[] = [];
  if (primary !== undefined) edits.push({ type: 'set', path: `${path}.primary`, value: primary });
  if (fallbacks !== undefined) edits.push({ type: 'set', path: `${path}.fallbacks`, value: [...fallbacks] });
  return edits;
}
