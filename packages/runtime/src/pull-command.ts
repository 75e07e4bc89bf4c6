import type { ProviderCommands } from '@openclaw/model-selection';

/** The command that fetches a model; `undefined` for a name that is not safe in a shell. */
export function pullCommand(commands: ProviderCommands | undefined, { model }: { model: string }): string | undefined {
  return commands?.pull !== undefined && /^[\w./:-]{1,200}$/.test(model) ? `${commands.pull} ${model}` : undefined;
}
