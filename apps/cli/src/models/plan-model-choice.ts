import type { ConfigEdit, LoadedConfig } from '@openclaw/config';

/** What is to be chosen; what is absent stays as it is. */
export interface WantedChoice {
  readonly key: 'model' | 'imageModel';
  readonly primary?: string | undefined;
  readonly fallbacks?: readonly string[] | undefined;
}

/** The smallest change that makes a choice hold. One that is written as a name alone stays so until it needs fallbacks. */
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
