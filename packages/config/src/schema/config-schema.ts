import * as v from 'valibot';
import { agentsSchema } from './agents-schema.ts';
import { diagnosticsSchema } from './diagnostics-schema.ts';
import { gatewaySchema } from './gateway-schema.ts';
import { modelsSchema } from './models-schema.ts';
import { secretsSchema } from './secrets-schema.ts';
import { described, setting, unusedSettings, wholeNumber } from './setting.ts';

/** The type of a configuration as written. `OpenClawConfigInput` is the same with descriptions. */
export type InferredConfigInput = v.InferInput<typeof configSchema>;

/** The type of a validated configuration. `OpenClawConfig` is the same with descriptions. */
export type InferredConfig = v.InferOutput<typeof configSchema>;

const authSchema = v.strictObject({
  profiles: v.exactOptional(
    described(
      v.record(
        v.string(),
        v.strictObject({
          provider: described(v.string(), 'The provider of the profile.'),
          mode: described(v.picklist(['api_key', 'oauth', 'token', 'aws-sdk']), 'The kind of credential.'),
          ...unusedSettings(['displayName', 'email']),
        }),
      ),
      'The auth profiles. The keys themselves are stored in `auth-profiles.json`, never here.',
    ),
    {},
  ),
  order: v.exactOptional(
    described(v.record(v.string(), v.array(v.string())), 'The order of the profiles of a provider.', {
      examples: [{ ollama: ['ollama:manual'] }],
    }),
    {},
  ),
  ...unusedSettings(['cooldowns']),
});

const levels = v.picklist(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']);

const regularExpression = v.pipe(
  v.string(),
  v.check(
    (pattern) => expressionError(pattern) === undefined,
    ({ input }) => `must be a regular expression: ${expressionError(input) ?? ''}`,
  ),
);

/** Why a regular expression is invalid, without the expression. */
function expressionError(pattern: string): string | undefined {
  try {
    new RegExp(pattern, 'g');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^.*: /s, '') : String(error);
  }
}

const loggingSchema = v.strictObject({
  level: v.exactOptional(described(levels, 'Minimum level of log lines.'), 'info'),
  file: setting(v.string(), 'A log file with JSON lines. Default: none.'),
  consoleLevel: setting(levels, 'Minimum level of lines on the console. Default: `level`.'),
  consoleStyle: setting(v.picklist(['pretty', 'compact', 'json']), 'Format of lines on the console.'),
  redactSensitive: setting(v.picklist(['off', 'tools']), 'Accepted for compatibility: secrets are never logged.'),
  redactPatterns: setting(v.array(regularExpression), 'Regular expressions; matching text is masked in the log.'),
  prompts: v.exactOptional(described(v.boolean(), 'Whether prompts and answers are logged.'), false),
  ...unusedSettings(['audit', 'maxFileBytes']),
});

const envSchema = v.objectWithRest(
  {
    vars: setting(v.record(v.string(), v.string()), 'Environment variables by name.', { secret: true }),
    shellEnv: setting(
      v.strictObject({
        enabled: setting(
          v.boolean(),
          'Whether missing variables are imported from your login shell. OPENCLAW_LOAD_SHELL_ENV=1 does the same.',
        ),
        timeoutMs: setting(wholeNumber, 'Timeout of the shell, in milliseconds. Default: 15000.'),
      }),
      'Importing variables from the login shell.',
    ),
  },
  described(v.string(), 'An environment variable; the short form of `env.vars`.', { secret: true }),
);

const chatSchema = v.strictObject({
  save: v.exactOptional(
    described(v.boolean(), 'Whether conversations are saved, for `openclaw chat --continue`. Only you can read them.'),
    true,
  ),
});

/**
 * The schema of `openclaw.json`. Types, defaults, validation, documentation and the JSON Schema are derived from it.
 */
export const configSchema = v.strictObject({
  $schema: setting(v.string(), 'The JSON Schema of this file, for editors.'),
  models: v.exactOptional(described(modelsSchema, 'Model providers.'), {}),
  agents: v.exactOptional(described(agentsSchema, 'Models and settings of agents.'), {}),
  auth: v.exactOptional(described(authSchema, 'Auth profiles.'), {}),
  gateway: v.exactOptional(described(gatewaySchema, 'The gateway with the OpenAI-compatible API.'), {}),
  env: setting(envSchema, 'Environment variables for this product. Variables that are already set have priority.'),
  logging: v.exactOptional(described(loggingSchema, 'Logging.'), {}),
  chat: v.exactOptional(described(chatSchema, 'Conversations of `openclaw chat`.'), {}),
  diagnostics: v.exactOptional(described(diagnosticsSchema, 'Telemetry of the gateway.'), {}),
  secrets: setting(secretsSchema, 'Secrets in files, or from programs.'),
  meta: setting(
    v.strictObject({
      lastTouchedVersion: setting(v.string(), 'The version that last wrote the file. Kept, never written.'),
      lastTouchedAt: setting(v.union([v.string(), v.number()]), 'When the file was last written. Kept, never written.'),
      ...unusedSettings(['migrations']),
    }),
    'Metadata of the original OpenClaw.',
  ),
  ...unusedSettings([
    'accessGroups',
    'acp',
    'aliases',
    'approvals',
    'audio',
    'bindings',
    'broadcast',
    'browser',
    'canvasHost',
    'channels',
    'cli',
    'commands',
    'crestodian',
    'cron',
    'discovery',
    'hooks',
    'mcp',
    'media',
    'memory',
    'messages',
    'nodeHost',
    'plugins',
    'proxy',
    'session',
    'skills',
    'surfaces',
    'talk',
    'tools',
    'ui',
    'update',
    'web',
    'wizard',
  ]),
});
