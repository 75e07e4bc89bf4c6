import type { Command } from './define-command.ts';

/** A command that is loaded on demand. */
export interface CommandRow {
  /** One line, shown in every list of commands. */
  readonly purpose: string;
  readonly load: () => Promise<Command>;
}

/** A group of commands. */
export interface CommandGroup {
  readonly purpose: string;
  /** The command to run if only the name of the group is given. */
  readonly defaultCommand?: string;
}

/** All commands by full name. Only the one that is run is loaded. */
export const COMMANDS: Readonly<Record<string, CommandRow>> = {
  onboard: {
    purpose: 'Set up a first model: find Ollama, choose a model, test it with a short request',
    load: async () => (await import('./commands/onboard.ts')).onboard,
  },
  agent: {
    purpose: 'Send one message to a model; the answer goes to standard output',
    load: async () => (await import('./commands/agent.ts')).agent,
  },
  chat: {
    purpose: 'Start a conversation with a model',
    load: async () => (await import('./commands/chat.ts')).chat,
  },
  'models list': {
    purpose: 'List the usable models, including discovered ones',
    load: async () => (await import('./commands/models-list.ts')).modelsList,
  },
  'models status': {
    purpose: 'Show the chosen models and the credentials of each provider',
    load: async () => (await import('./commands/models-status.ts')).modelsStatus,
  },
  'models set': {
    purpose: 'Set the default model',
    load: async () => (await import('./commands/models-set.ts')).modelsSet,
  },
  'models set-image': {
    purpose: 'Set the model for messages with images',
    load: async () => (await import('./commands/models-set.ts')).modelsSetImage,
  },
  'models explain': {
    purpose: 'Show which models a request would try, in which order, and why',
    load: async () => (await import('./commands/models-explain.ts')).modelsExplain,
  },
  'models aliases list': {
    purpose: 'List the aliases of models',
    load: async () => (await import('./commands/models-aliases.ts')).aliasesList,
  },
  'models aliases add': {
    purpose: 'Add an alias for a model',
    load: async () => (await import('./commands/models-aliases.ts')).aliasesAdd,
  },
  'models aliases remove': {
    purpose: 'Remove an alias',
    load: async () => (await import('./commands/models-aliases.ts')).aliasesRemove,
  },
  'models fallbacks list': {
    purpose: 'List the fallbacks of the default model',
    load: async () => (await import('./commands/models-fallbacks.ts')).fallbacks.list,
  },
  'models fallbacks add': {
    purpose: 'Add a model at the end of the fallbacks',
    load: async () => (await import('./commands/models-fallbacks.ts')).fallbacks.add,
  },
  'models fallbacks remove': {
    purpose: 'Remove a model from the fallbacks',
    load: async () => (await import('./commands/models-fallbacks.ts')).fallbacks.remove,
  },
  'models fallbacks clear': {
    purpose: 'Remove all fallbacks',
    load: async () => (await import('./commands/models-fallbacks.ts')).fallbacks.clear,
  },
  'models image-fallbacks list': {
    purpose: 'List the fallbacks of the image model',
    load: async () => (await import('./commands/models-fallbacks.ts')).imageFallbacks.list,
  },
  'models image-fallbacks add': {
    purpose: 'Add a model at the end of the image fallbacks',
    load: async () => (await import('./commands/models-fallbacks.ts')).imageFallbacks.add,
  },
  'models image-fallbacks remove': {
    purpose: 'Remove a model from the image fallbacks',
    load: async () => (await import('./commands/models-fallbacks.ts')).imageFallbacks.remove,
  },
  'models image-fallbacks clear': {
    purpose: 'Remove all image fallbacks',
    load: async () => (await import('./commands/models-fallbacks.ts')).imageFallbacks.clear,
  },
  'models auth list': {
    purpose: 'List the stored API keys, masked',
    load: async () => (await import('./commands/models-auth.ts')).authList,
  },
  'models auth add': {
    purpose: 'Store an API key, read from a prompt or standard input',
    load: async () => (await import('./commands/models-auth.ts')).authAdd,
  },
  'models auth remove': {
    purpose: 'Delete a stored API key',
    load: async () => (await import('./commands/models-auth.ts')).authRemove,
  },
  'models pull': {
    purpose: 'Download a model to an Ollama server, with progress',
    load: async () => (await import('./commands/models-pull.ts')).modelsPull,
  },
  'models rm': {
    purpose: 'Delete a model from an Ollama server',
    load: async () => (await import('./commands/models-rm.ts')).modelsRm,
  },
  'models show': {
    purpose: 'Show size, context and capabilities of an Ollama model',
    load: async () => (await import('./commands/models-show.ts')).modelsShow,
  },
  'models ps': {
    purpose: 'List the models that Ollama has loaded, with size, context and expiry',
    load: async () => (await import('./commands/models-ps.ts')).modelsPs,
  },
  'models import': {
    purpose: 'Write the discovered models into an explicit entry, to be edited by hand',
    load: async () => (await import('./commands/models-import.ts')).modelsImport,
  },
  'config get': {
    purpose: 'Print a value of the configuration, or the whole configuration',
    load: async () => (await import('./commands/config-get.ts')).configGet,
  },
  'config set': {
    purpose: 'Change a value without changing any other byte of the file',
    load: async () => (await import('./commands/config-set.ts')).configSet,
  },
  'config unset': {
    purpose: 'Remove a value',
    load: async () => (await import('./commands/config-unset.ts')).configUnset,
  },
  'config validate': {
    purpose: 'Validate the configuration and show each problem with its file and line',
    load: async () => (await import('./commands/config-validate.ts')).configValidate,
  },
  'config schema': {
    purpose: 'Print the JSON Schema of the configuration, for editors',
    load: async () => (await import('./commands/config-schema.ts')).configSchema,
  },
  'config file': {
    purpose: 'Print the path of the configuration file',
    load: async () => (await import('./commands/config-file.ts')).configFile,
  },
  'gateway run': {
    purpose: 'Serve the models as an OpenAI-compatible HTTP API',
    load: async () => (await import('./commands/gateway-run.ts')).gatewayRun,
  },
  'gateway status': {
    purpose: 'Show whether the gateway is running, and its health',
    load: async () => (await import('./commands/gateway-status.ts')).gatewayStatus,
  },
  'gateway token list': {
    purpose: 'List the clients of the gateway with their models and limits',
    load: async () => (await import('./commands/gateway-token.ts')).tokenList,
  },
  'gateway token add': {
    purpose: 'Create a token for a client of the gateway; it is shown once',
    load: async () => (await import('./commands/gateway-token.ts')).tokenAdd,
  },
  'gateway token remove': {
    purpose: 'Remove a client of the gateway',
    load: async () => (await import('./commands/gateway-token.ts')).tokenRemove,
  },
  logs: {
    purpose: 'Show the log of the gateway, and follow it',
    load: async () => (await import('./commands/logs.ts')).logs,
  },
  'service install': {
    purpose: 'Start the gateway now and at each login, with systemd or launchd',
    load: async () => (await import('./commands/service-install.ts')).serviceInstall,
  },
  'service uninstall': {
    purpose: 'Stop the service and remove its files',
    load: async () => (await import('./commands/service-uninstall.ts')).serviceUninstall,
  },
  'service status': {
    purpose: 'Show whether the service is installed and running',
    load: async () => (await import('./commands/service-status.ts')).serviceStatus,
  },
  'service logs': {
    purpose: 'Show the log of the service, and follow it',
    load: async () => (await import('./commands/logs.ts')).serviceLogs,
  },
  connect: {
    purpose: 'Show or write the settings of a client program, such as Claude Code or opencode',
    load: async () => (await import('./commands/connect.ts')).connect,
  },
  doctor: {
    purpose: 'Diagnose problems, explain them, and apply safe fixes',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
  completion: {
    purpose: 'Print a completion script for bash, zsh or fish',
    load: async () => (await import('./commands/completion.ts')).completion,
  },
};

/** All groups of commands. */
export const GROUPS: Readonly<Record<string, CommandGroup>> = {
  models: { purpose: 'Available and chosen models', defaultCommand: 'models status' },
  'models aliases': { purpose: 'Aliases of models', defaultCommand: 'models aliases list' },
  'models fallbacks': { purpose: 'Fallbacks of the default model', defaultCommand: 'models fallbacks list' },
  'models image-fallbacks': {
    purpose: 'Fallbacks of the image model',
    defaultCommand: 'models image-fallbacks list',
  },
  'models auth': { purpose: 'API keys of providers', defaultCommand: 'models auth list' },
  config: { purpose: 'The configuration file', defaultCommand: 'config validate' },
  gateway: { purpose: 'The HTTP gateway', defaultCommand: 'gateway run' },
  'gateway token': { purpose: 'Clients of the gateway with tokens of their own', defaultCommand: 'gateway token list' },
  service: { purpose: 'The gateway as a service of this machine', defaultCommand: 'service status' },
};
