import { defaultAgentId } from '@openclaw/config';
import type { LoadedConfig } from '@openclaw/config';
import { resolveModelChoices } from '@openclaw/model-selection';
import type { ModelChoices } from '@openclaw/model-selection';
import { UnknownAgentError } from './selection-errors.ts';

/** The names that decide the plan. */
export interface SelectionNames extends ModelChoices {
  /** The model that the request names. */
  readonly requested: string | undefined;
}

export interface SelectionQuery {
  readonly model?: string | undefined;
  readonly agent?: string | undefined;
}

/**
 * Reads what a request names: a model, or an agent (`openclaw`, `openclaw/default`, `openclaw/<id>`, `agent:<id>`),
 * whose model overrides the default. Fallbacks that the agent does not set are those of the defaults.
 * @throws {ModelSelectionError} `unknown-model` for an agent that does not exist
 */
export function selectionNames(
  { model, agent }: SelectionQuery,
  { config }: { config: LoadedConfig['config'] },
): SelectionNames {
  const named = model === undefined ? undefined : agentNamedBy(model);
  const settings = agentSettings(named ?? agent ?? 'default', config);
  return {
    requested: named === undefined ? model : undefined,
    ...resolveModelChoices(config.agents.defaults, { agent: settings }),
  };
}

/** All agents. Without configured agents, there is only `main`. */
function agentIds({ agents }: LoadedConfig['config']): readonly string[] {
  const ids = [...(agents.list ?? []).map(({ id }) => id), ...Object.keys(agents.entries ?? {})];
  return ids.length === 0 ? ['main'] : ids;
}

type AgentSettings = NonNullable<LoadedConfig['config']['agents']['entries']>[string];

function agentNamedBy(model: string): string | undefined {
  const name = model.trim();
  if (name.toLowerCase() === 'openclaw') return 'default';
  return /^(?:openclaw[/:]|agent:)(.+)$/is.exec(name)?.[1];
}

function agentSettings(wanted: string, config: LoadedConfig['config']): AgentSettings {
  const { list = [], entries = {} } = config.agents;
  const find = (id: string): AgentSettings | undefined =>
    list.find((agent) => isSameId(agent.id, id)) ?? Object.entries(entries).find(([key]) => isSameId(key, id))?.[1];
  const found = find(wanted);
  if (found !== undefined) return found;
  const id = defaultAgentId(config);
  if (isSameId(wanted, 'default') || isSameId(wanted, id)) return find(id) ?? {};
  throw new UnknownAgentError(
    wanted,
    agentIds(config).map((agent) => `openclaw/${agent}`),
  );
}

function isSameId(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
