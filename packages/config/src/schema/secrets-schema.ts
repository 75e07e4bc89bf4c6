import * as v from 'valibot';
import { described, positiveInteger, setting, unusedSettings } from './setting.ts';

const ofFile = 'For `file`:';
const ofProgram = 'For `exec`:';

const secretProviderSchema = v.strictObject({
  source: described(
    v.picklist(['env', 'file', 'exec', 'store']),
    'Where the secrets are: environment variables, a file, or a program that prints them. `store` is not supported.',
  ),
  path: setting(v.string(), `${ofFile} its path. It must be a regular file that only its owner can read.`, {
    examples: ['~/.openclaw/secrets.json'],
  }),
  mode: setting(
    v.picklist(['json', 'singleValue']),
    `${ofFile} \`json\`: the \`id\` of a reference is a JSON pointer such as \`/openai/apiKey\`. \`singleValue\`: the file is the secret, and \`id\` is \`value\`. Default: \`json\`.`,
  ),
  maxBytes: setting(positiveInteger, `${ofFile} maximum size. Default: 1048576.`),
  command: setting(v.string(), `${ofProgram} absolute path of the program. It is started without a shell.`),
  args: setting(v.array(v.string()), `${ofProgram} its arguments.`),
  env: setting(v.record(v.string(), v.string()), `${ofProgram} variables of its environment.`, { secret: true }),
  passEnv: setting(v.array(v.string()), `${ofProgram} names of variables that it gets from this process.`),
  jsonOnly: setting(
    v.boolean(),
    `${ofProgram} whether its output must be JSON. With \`false\`, other output is the secret, if a single one is requested. Default: true.`,
  ),
  timeoutMs: setting(positiveInteger, `${ofProgram} timeout in milliseconds. Default: 5000.`),
  noOutputTimeoutMs: setting(positiveInteger, `${ofProgram} maximum time without output, in milliseconds.`),
  maxOutputBytes: setting(positiveInteger, `${ofProgram} maximum size of its output. Default: 1048576.`),
  allowSymlinkCommand: setting(v.boolean(), `${ofProgram} whether \`command\` may be a symbolic link. Default: false.`),
  trustedDirs: setting(v.array(v.string()), `${ofProgram} directories that the program must be in.`),
  allowInsecurePath: setting(
    v.boolean(),
    'Whether the file may be readable, or the program writable, by other users. Default: false.',
  ),
  allowlist: setting(v.array(v.string()), 'For `env`: names of variables. Accepted; all variables can be referenced.'),
  ...unusedSettings(['pluginIntegration']),
});

export type SecretProvider = v.InferOutput<typeof secretProviderSchema>;

export const secretsSchema = v.strictObject({
  providers: setting(
    v.record(v.pipe(v.string(), v.nonEmpty()), secretProviderSchema),
    'Sources of secrets by name. A key or header can be `{ source: "file", provider: "<name>", id: "…" }` in place of text; the same with `exec`.',
  ),
  defaults: setting(v.record(v.string(), v.string()), 'The provider of references that name none, by source.'),
  ...unusedSettings(['resolution']),
});
