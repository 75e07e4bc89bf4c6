import type { LoadedConfig } from '@openclaw/config';

/** The names by which requests ask for the default model of an agent: `openclaw`, `openclaw/coder`. */
export function agentNames({ config: { agents } }: LoadedConfig): readonly string[] {
  const ids = [...(agents.list ?? []).map(({ id }) => id), ...Object.keys(agents.entries ?? {})];
  return ['openclaw', 'openclaw/default', ...new Set(ids.map((id) => `openclaw/${id}`))];
}
