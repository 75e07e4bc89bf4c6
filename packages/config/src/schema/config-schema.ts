import * as v from 'valibot';
import { agentsSchema } from './agents-schema.ts';
import { gatewaySchema } from './gateway-schema.ts';
import { modelsSchema } from './models-schema.ts';
import { described, setting, unusedSettings, wholeNumber } from './setting.ts';

/** The configuration as it may be written: every key optional, nothing filled in. */
export type OpenClawConfigInput = v.InferInput<typeof configSchema>;

/** The checked configuration: defaults filled in wherever the schema states one. */
export type OpenClawConfig = v.InferOutput<typeof configSchema>;

/** One entry of `models.providers`. */
export type ProviderConfig = OpenClawConfig['models']['providers'][string];

/** One entry of `models.providers.<id>.models`. */
export type ModelConfig = NonNullable<ProviderConfig['models']>[number];

/** One entry of `agents.defaults.models`. */
export type ModelSettings = OpenClawConfig['agents']['defaults']['models'][string];

/** `agents.defaults.model`: a reference, or a reference with fallbacks. */
export type ModelChoice = NonNullable<OpenClawConfig['agents']['defaults']['model']>;

const authSchema = v.strictObject({
  profiles: v.exactOptional(
    described(
      v.record(
        v.string(),
        v.strictObject({
          provider: described(v.string(), 'The provider the profile is for.'),
          mode: described(v.picklist(['api_key', 'oauth', 'token', 'aws-sdk']), 'What kind of credential it holds.'),
          ...unusedSettings(['displayName', 'email']),
        }),
      ),
      'Which auth profiles exist. The keys themselves are kept in `auth-profiles.json`, never here.',
    ),
    {},
  ),
  order: v.exactOptional(
    described(
      v.record(v.string(), v.array(v.string())),
      'Which profiles of a provider are tried, and in which order.',
      {
        examples: [{ ollama: ['ollama:manual'] }],
      },
    ),
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

/** Why a pattern is no regular expression, without the pattern. */
function expressionError(pattern: string): string | undefined {
  try {
    new RegExp(pattern, 'g');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^.*: /s, '') : String(error);
  }
}

const loggingSchema = v.strictObject({
  level: v.exactOptional(described(levels, 'What is worth a line in the log.'), 'info'),
  file: setting(v.string(), 'A file for the log, as JSON lines. None unless set.'),
  consoleLevel: setting(levels, 'What is worth a line on the console; as `level` unless set.'),
  consoleStyle: setting(v.picklist(['pretty', 'compact', 'json']), 'What a line on the console looks like.'),
  redactSensitive: setting(v.picklist(['off', 'tools']), 'Accepted for compatibility: secrets are never logged.'),
  redactPatterns: setting(v.array(regularExpression), 'Regular expressions; what they match is masked in the log.'),
  prompts: v.exactOptional(described(v.boolean(), 'Whether prompts and answers are logged, too.'), false),
  ...unusedSettings(['audit', 'maxFileBytes']),
});

const envSchema = v.objectWithRest(
  {
    vars: setting(v.record(v.string(), v.string()), 'Environment variables by name.', { secret: true }),
    shellEnv: setting(
      v.strictObject({
        enabled: setting(
          v.boolean(),
          'Whether your login shell is asked for variables that are needed and set nowhere else. OPENCLAW_LOAD_SHELL_ENV=1 does the same.',
        ),
        timeoutMs: setting(wholeNumber, 'Milliseconds the shell may take; 15000 unless set.'),
      }),
      'Importing variables from the login shell.',
    ),
  },
  described(v.string(), 'An environment variable; the short form of `env.vars`.', { secret: true }),
);

/** Everything `openclaw.json` may hold. Types, defaults, checks, documentation and the JSON Schema all come from here. */
export const configSchema = v.strictObject({
  $schema: setting(v.string(), 'The JSON Schema that editors check this file against.'),
  models: v.exactOptional(described(modelsSchema, 'Where models come from.'), {}),
  agents: v.exactOptional(described(agentsSchema, 'Which models are used, and how.'), {}),
  auth: v.exactOptional(described(authSchema, 'Auth profiles.'), {}),
  gateway: v.exactOptional(described(gatewaySchema, 'The OpenAI-compatible endpoint.'), {}),
  env: setting(envSchema, 'Environment variables for this product; a variable that is already set wins.'),
  logging: v.exactOptional(described(loggingSchema, 'What is logged.'), {}),
  meta: setting(
    v.strictObject({
      lastTouchedVersion: setting(v.string(), 'The version that wrote the file last. Kept, never written.'),
      lastTouchedAt: setting(v.union([v.string(), v.number()]), 'When that was. Kept, never written.'),
      ...unusedSettings(['migrations']),
    }),
    'Notes that the original OpenClaw leaves.',
  ),
  ...unusedSettings([
    'accessGroups',
    'acp',
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
    'diagnostics',
    'discovery',
    'hooks',
    'mcp',
    'media',
    'memory',
    'messages',
    'nodeHost',
    'plugins',
    'proxy',
    'secrets',
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
