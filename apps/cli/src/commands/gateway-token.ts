import { createHash, randomBytes } from 'node:crypto';
import { formatConfigPath, type ConfigEdit, type JsonValue } from '@openclaw/config';
import { changeConfig } from '../change-config.ts';
import { CliError } from '../cli-error.ts';
import { defineCommand } from '../define-command.ts';
import { hasOwnerToken, listClients, renderClient } from '../gateway-clients.ts';
import { loadHostConfig } from '../load-host-config.ts';
import { noteNextCommands } from '../note-next-commands.ts';
import { parseNumberOption } from '../parse-number-option.ts';
import { shortPath } from '../short-path.ts';
import { suggest } from '../suggest.ts';

const DOCS = 'docs/cli.md#openclaw-gateway-token';
const TOKENS = ['gateway', 'auth', 'tokens'];
const PRIORITIES = ['interactive', 'batch'] as const;
const MAX_LIMIT = 1e12;

/** Lists the clients with their limits, and never a token. */
export const tokenList = defineCommand({
  options: {},
  formats: ['json', 'plain'],
  examples: [
    { line: 'openclaw gateway token', does: 'Each client with its models and limits.' },
    { line: 'openclaw gateway token list --plain', does: 'The name of a client per line.' },
  ],
  docs: DOCS,
  async run({ host }) {
    const clients = listClients(await loadHostConfig(host));
    host.output.show({
      json: () => ({ clients }),
      plain: () => clients.map(({ name }) => name),
      text: () =>
        [
          `Clients (${clients.length}):`,
          ...(clients.length === 0 ? ['- none'] : clients.map((client) => `- ${renderClient(client)}`)),
        ].join('\n'),
    });
  },
});

/** Creates a token, shows it once, and stores its hash. */
export const tokenAdd = defineCommand({
  arguments: [{ name: 'name', completes: 'client' }],
  options: {
    model: {
      type: 'string',
      multiple: true,
      placeholder: 'pattern',
      description: 'Allow only this model, or those like ollama/*; may be repeated',
      completes: 'model',
    },
    'max-concurrent': { type: 'string', placeholder: 'number', description: 'Maximum concurrent requests' },
    'requests-per-minute': { type: 'string', placeholder: 'number', description: 'Maximum requests per minute' },
    'tokens-per-day': { type: 'string', placeholder: 'number', description: 'Maximum tokens of models per day' },
    priority: { type: 'string', choices: PRIORITIES, description: 'Priority where requests are queued' },
    replace: { type: 'boolean', description: 'Give a client that exists a new token; its other settings stay' },
  },
  formats: ['json', 'plain'],
  examples: [
    { line: 'openclaw gateway token add ci', does: 'Create a token for the client "ci".' },
    {
      line: "openclaw gateway token add team --model 'ollama/*' --requests-per-minute 60",
      does: 'Allow the models of one provider, and 60 requests per minute.',
    },
    { line: 'openclaw gateway token add ci --replace --plain', does: 'Print a new token, and nothing else.' },
  ],
  docs: DOCS,
  async run({ values, positionals: [name = ''], host }) {
    const limit = (option: 'max-concurrent' | 'requests-per-minute' | 'tokens-per-day') =>
      parseNumberOption(values[option], { name: `--${option}`, min: 1, max: MAX_LIMIT });
    const settings = {
      models: values.model,
      maxConcurrent: limit('max-concurrent'),
      priority: values.priority,
      requestsPerMinute: limit('requests-per-minute'),
      tokensPerDay: limit('tokens-per-day'),
    };
    const loaded = await loadHostConfig(host);
    if (values.replace !== true && Object.hasOwn(loaded.config.gateway.auth.tokens, name)) {
      throw new CliError('failed', `There is a client ${name} already. To give it a new token, add --replace.`, {
        fields: { code: 'exists', name },
      });
    }
    const token = `oc_${randomBytes(24).toString('base64url')}`;
    const hash = createHash('sha256').update(token).digest('hex');
    const { path } = await changeConfig(host, { changes: editsOf(name, { token: `sha256:${hash}`, ...settings }) });
    host.output.show({
      json: () => ({ ok: true, name, token, path }),
      plain: () => [token],
      text: () => `Stored ${name} in ${shortPath(path, host)}. This is its token, shown only now:\n${token}`,
    });
    if (hasOwnerToken(loaded)) return;
    host.output.note(
      'From now on every request to the gateway needs a token. Nothing can use /status and the page until the gateway has a token of its own.',
    );
    noteNextCommands(host.output, ['openclaw config set gateway.auth.token "$(openssl rand -hex 24)"']);
  },
});

/** Removes a client, whose token is refused from then on. */
export const tokenRemove = defineCommand({
  arguments: [{ name: 'name', completes: 'client' }],
  options: {},
  formats: ['json'],
  examples: [
    { line: 'openclaw gateway token remove ci', does: 'Refuse the token of "ci" from now on.' },
    { line: 'openclaw gateway token remove ci --json', does: 'Print the result as JSON.' },
  ],
  docs: DOCS,
  async run({ positionals: [name = ''], host }) {
    const loaded = await loadHostConfig(host);
    const names = Object.keys(loaded.config.gateway.auth.tokens);
    if (!names.includes(name)) {
      const near = suggest(name, names);
      throw new CliError('failed', `There is no client ${name}.`, {
        fields: { code: 'unknown-client', name },
        nextCommands: [near === undefined ? 'openclaw gateway token list' : `openclaw gateway token remove ${near}`],
      });
    }
    const path = formatConfigPath(names.length === 1 ? TOKENS : [...TOKENS, name]);
    const result = await changeConfig(host, { changes: [{ type: 'unset', path }] });
    host.output.show({
      json: () => ({ ok: true, removed: name, path: result.path }),
      text: () => `Removed ${name} from ${shortPath(result.path, host)}.`,
    });
    if (names.length > 1 || hasOwnerToken(loaded)) return;
    host.output.note(
      'This was the last token. A gateway that is running keeps it until it is restarted, and then needs none on this machine.',
    );
  },
});

/** Key by key, so that a client that exists keeps its other settings and comments. */
function editsOf(name: string, settings: Readonly<Record<string, JsonValue | undefined>>): readonly ConfigEdit[] {
  return Object.entries(settings).flatMap(([key, value]) =>
    value === undefined ? [] : [{ type: 'set', path: formatConfigPath([...TOKENS, name, key]), value }],
  );
}
