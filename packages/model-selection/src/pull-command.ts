import type { ProviderCommands } from './catalog-model.ts';

/** The command that fetches a model; none for a name that somebody might not want to paste into a shell. */
export function pullCommand(commands: ProviderCommands | undefined, { model }: { model: string }): string | undefined {
  return commands?.pull !== undefined && /^[\w./:-]{1,200}$/.test(model) ? `${commands.pull} ${model}` : undefined;
}
