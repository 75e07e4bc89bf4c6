import type { LoadedConfig } from '@openclaw/config';

/** The names of the agents: `openclaw`, `openclaw/coder`. */
export function agentNames({ config: { agents } }: LoadedConfig): readonly string[] {
  const ids = [...(agents.list ?? []).map(({ id }) => id), ...Object.keys(agents.entries ?? {})];
  return ['openclaw', 'openclaw/default', ...new Set(ids.map((id) => `openclaw/${id}`))];
}
