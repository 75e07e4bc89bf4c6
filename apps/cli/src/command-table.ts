import type { Command } from './define-command.ts';

/** A command before it is loaded. */
export interface CommandRow {
  /** One line, shown in every list of commands. */
  readonly purpose: string;
  readonly load: () => Promise<Command>;
  /** Left out of lists: for programs, not for people. */
  readonly hidden?: true;
}

/** A word that gathers commands. */
export interface CommandGroup {
  readonly purpose: string;
  /** The command that the bare word stands for. */
  readonly stands?: string;
}

/** Every command by its full name. Only the one that was asked for is loaded. */
export const COMMANDS: Readonly<Record<string, CommandRow>> = {
  agent: {
    purpose: 'Ask a model once; the answer goes to standard output',
    load: async () => (await import('./commands/agent.ts')).agent,
  },
  chat: {
    purpose: 'Talk with a model',
    load: async () => (await import('./commands/chat.ts')).chat,
  },
  'models list': {
    purpose: 'Show the models that can be used, discovered ones included',
    load: async () => (await import('./commands/models-list.ts')).modelsList,
  },
  'models status': {
    purpose: 'Show which models are chosen and how each provider signs in',
    load: async () => (await import('./commands/models-status.ts')).modelsStatus,
  },
  'models explain': {
    purpose: 'Show which models would be asked, in which order, and why',
    load: async () => (await import('./commands/models-explain.ts')).modelsExplain,
  },
  'gateway run': {
    purpose: 'Serve the models as an OpenAI-compatible HTTP API',
    load: async () => (await import('./commands/gateway-run.ts')).gatewayRun,
  },
  'gateway status': {
    purpose: 'Show whether the gateway runs and what it says of itself',
    load: async () => (await import('./commands/gateway-status.ts')).gatewayStatus,
  },
  completion: {
    purpose: 'Print a completion script for bash, zsh or fish',
    load: async () => (await import('./commands/completion.ts')).completion,
  },
  __complete: {
    purpose: 'Print what the last word of a command line can become; the completion scripts ask this',
    load: async () => (await import('./commands/complete-words.ts')).completeWords,
    hidden: true,
  },
};

/** The words that gather commands, with what they stand for alone. */
export const GROUPS: Readonly<Record<string, CommandGroup>> = {
  models: { purpose: 'The models there are, and which one is asked', stands: 'models status' },
  gateway: { purpose: 'The HTTP gateway', stands: 'gateway run' },
};
