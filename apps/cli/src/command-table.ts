import type { Command } from './define-command.ts';

/** A command before it is loaded. */
export interface CommandRow {
  /** One line, shown in every list of commands. */
  readonly purpose: string;
  readonly load: () => Promise<Command>;
}

/** A word that gathers commands. */
export interface CommandGroup {
  readonly purpose: string;
  /** The command that the bare word stands for. */
  readonly stands?: string;
}

/** Every command by its full name. Only the one that was asked for is loaded. */
export const COMMANDS: Readonly<Record<string, CommandRow>> = {
  onboard: {
    purpose: 'Set up a first model: find Ollama, choose, prove it with one answer',
    load: async () => (await import('./commands/onboard.ts')).onboard,
  },
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
  'models set': {
    purpose: 'Choose the default model',
    load: async () => (await import('./commands/models-set.ts')).modelsSet,
  },
  'models set-image': {
    purpose: 'Choose the model for messages with images',
    load: async () => (await import('./commands/models-set.ts')).modelsSetImage,
  },
  'models explain': {
    purpose: 'Show which models would be asked, in which order, and why',
    load: async () => (await import('./commands/models-explain.ts')).modelsExplain,
  },
  'models aliases list': {
    purpose: 'Show the short names of models',
    load: async () => (await import('./commands/models-aliases.ts')).aliasesList,
  },
  'models aliases add': {
    purpose: 'Give a model a short name',
    load: async () => (await import('./commands/models-aliases.ts')).aliasesAdd,
  },
  'models aliases remove': {
    purpose: 'Take a short name away',
    load: async () => (await import('./commands/models-aliases.ts')).aliasesRemove,
  },
  'models fallbacks list': {
    purpose: 'Show the models that stand behind the default',
    load: async () => (await import('./commands/models-fallbacks.ts')).fallbacks.list,
  },
  'models fallbacks add': {
    purpose: 'Put a model at the end of the fallbacks',
    load: async () => (await import('./commands/models-fallbacks.ts')).fallbacks.add,
  },
  'models fallbacks remove': {
    purpose: 'Take a model out of the fallbacks',
    load: async () => (await import('./commands/models-fallbacks.ts')).fallbacks.remove,
  },
  'models fallbacks clear': {
    purpose: 'Have no fallbacks',
    load: async () => (await import('./commands/models-fallbacks.ts')).fallbacks.clear,
  },
  'models image-fallbacks list': {
    purpose: 'Show the models that stand behind the image model',
    load: async () => (await import('./commands/models-fallbacks.ts')).imageFallbacks.list,
  },
  'models image-fallbacks add': {
    purpose: 'Put a model at the end of the image fallbacks',
    load: async () => (await import('./commands/models-fallbacks.ts')).imageFallbacks.add,
  },
  'models image-fallbacks remove': {
    purpose: 'Take a model out of the image fallbacks',
    load: async () => (await import('./commands/models-fallbacks.ts')).imageFallbacks.remove,
  },
  'models image-fallbacks clear': {
    purpose: 'Have no image fallbacks',
    load: async () => (await import('./commands/models-fallbacks.ts')).imageFallbacks.clear,
  },
  'models auth list': {
    purpose: 'Show the stored keys, masked',
    load: async () => (await import('./commands/models-auth.ts')).authList,
  },
  'models auth add': {
    purpose: 'Store a key, read from a prompt or standard input',
    load: async () => (await import('./commands/models-auth.ts')).authAdd,
  },
  'models auth remove': {
    purpose: 'Delete a stored key',
    load: async () => (await import('./commands/models-auth.ts')).authRemove,
  },
  'models import': {
    purpose: 'Write the discovered models into an explicit entry, to be edited by hand',
    load: async () => (await import('./commands/models-import.ts')).modelsImport,
  },
  'config get': {
    purpose: 'Print a value of the configuration, or all of it',
    load: async () => (await import('./commands/config-get.ts')).configGet,
  },
  'config set': {
    purpose: 'Change a value; every other byte of the file stays',
    load: async () => (await import('./commands/config-set.ts')).configSet,
  },
  'config unset': {
    purpose: 'Remove a value',
    load: async () => (await import('./commands/config-unset.ts')).configUnset,
  },
  'config validate': {
    purpose: 'Check the configuration; every problem with its file and line',
    load: async () => (await import('./commands/config-validate.ts')).configValidate,
  },
  'config schema': {
    purpose: 'Print the JSON Schema of the configuration, for editors',
    load: async () => (await import('./commands/config-schema.ts')).configSchema,
  },
  'config file': {
    purpose: 'Print where the configuration file is',
    load: async () => (await import('./commands/config-file.ts')).configFile,
  },
  'gateway run': {
    purpose: 'Serve the models as an OpenAI-compatible HTTP API',
    load: async () => (await import('./commands/gateway-run.ts')).gatewayRun,
  },
  'gateway status': {
    purpose: 'Show whether the gateway runs and what it says of itself',
    load: async () => (await import('./commands/gateway-status.ts')).gatewayStatus,
  },
  doctor: {
    purpose: 'Find what is wrong, explain it, and mend what is safe to mend',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
  completion: {
    purpose: 'Print a completion script for bash, zsh or fish',
    load: async () => (await import('./commands/completion.ts')).completion,
  },
};

/** The words that gather commands, with what they stand for alone. */
export const GROUPS: Readonly<Record<string, CommandGroup>> = {
  models: { purpose: 'The models there are, and which one is asked', stands: 'models status' },
  'models aliases': { purpose: 'Short names of models', stands: 'models aliases list' },
  'models fallbacks': { purpose: 'Models that stand behind the default', stands: 'models fallbacks list' },
  'models image-fallbacks': {
    purpose: 'Models that stand behind the image model',
    stands: 'models image-fallbacks list',
  },
  'models auth': { purpose: 'Keys for providers that want one', stands: 'models auth list' },
  config: { purpose: 'The configuration file' },
  gateway: { purpose: 'The HTTP gateway', stands: 'gateway run' },
};
