import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createDirectory, diffLines, resolveConfigPaths } from '@openclaw/config';
import type { LoadedConfig } from '@openclaw/config';
import { CLIENTS, describeConnection, renderFile, TOKEN_PLACEHOLDER } from '@openclaw/gateway';
import type { Client, ClientSetup, SettingsFile } from '@openclaw/gateway';
import { CliError } from '../cli-error.ts';
import { planSettingsFile } from '../connect/plan-settings-file.ts';
import { defineCommand } from '../define-command.ts';
import { gatewayUrl } from '../gateway-url.ts';
import type { Host } from '../host.ts';
import { noteNextCommands } from '../note-next-commands.ts';
import { probeGateway } from '../probe-gateway.ts';
import { shortPath } from '../short-path.ts';
import { withRuntime } from '../with-runtime.ts';
import { readIfThere } from '../read-if-there.ts';

/** Shows or writes the settings of a client program. */
export const connect = defineCommand({
  arguments: [{ name: 'client', optional: true, choices: CLIENTS.map(({ id }) => id) }],
  options: {
    write: { type: 'boolean', description: 'Write the settings file, after showing the difference' },
    yes: { type: 'boolean', description: 'With --write: write without asking' },
    url: { type: 'string', placeholder: 'url', description: 'Address of the gateway, if it is not the configured one' },
    model: {
      type: 'string',
      placeholder: 'name',
      description: 'The model to ask; default: openclaw, which is the default model with its fallbacks',
      completes: 'model',
    },
  },
  formats: ['json'],
  examples: [
    { line: 'openclaw connect', does: 'List the client programs.' },
    { line: 'openclaw connect claude-code', does: 'Show the settings of Claude Code.' },
    { line: 'openclaw connect opencode --write', does: 'Write them, after showing the difference.' },
  ],
  docs: 'docs/clients.md',
  async run({ values, positionals: [id], host }) {
    const client = CLIENTS.find((one) => one.id === id);
    if (client === undefined) {
      listClients(host);
      return;
    }
    await withRuntime(host, {
      use: async (runtime) => {
        const { loaded } = runtime;
        const token = tokenOf(loaded);
        const url = values.url?.replace(/\/+(?:v1\/*)?$/, '') ?? gatewayUrl(loaded);
        const connection = await describeConnection(runtime, {
          url,
          hasToken: token !== undefined || Object.keys(loaded.config.gateway.auth.tokens).length > 0,
          model: values.model,
        });
        const setup = client.setUp(connection);
        if (values.write !== true) {
          showSetup(client, { setup, host });
        } else {
          const written = client.setUp({ ...connection, key: token ?? connection.key });
          await writeSetup(client, { setup, file: written.file, yes: values.yes === true, host });
        }
        if (host.output.format !== 'text') return;
        noteNextCommands(host.output, [
          ...(values.write === true || setup.file === undefined ? [] : [`openclaw connect ${client.id} --write`]),
          ...(values.url !== undefined || (await isRunning(url, host)) ? [] : ['openclaw gateway run']),
        ]);
      },
    });
  },
});

function listClients({ output }: Host): void {
  const width = Math.max(...CLIENTS.map(({ id }) => id.length));
  output.show({
    json: () => ({ clients: CLIENTS.map(({ id, name, api }) => ({ id, name, api })) }),
    text: () => CLIENTS.map(({ id, name, api }) => `${id.padEnd(width)}  ${name} (${api})`).join('\n'),
  });
  if (output.format === 'text') noteNextCommands(output, ['openclaw connect claude-code']);
}

async function isRunning(url: string, { now }: Host): Promise<boolean> {
  return (await probeGateway(url, { timeoutMs: 3000, now })).running;
}

function tokenOf({ config: { gateway }, env }: LoadedConfig): string | undefined {
  const { mode, token, password } = gateway.auth;
  if (mode === 'none') return undefined;
  const given = [env['OPENCLAW_GATEWAY_TOKEN'], token, env['OPENCLAW_GATEWAY_PASSWORD'], password];
  return given.find((value) => value !== undefined && value !== '');
}

interface Shown {
  readonly setup: ClientSetup;
  readonly host: Host;
}

function showSetup({ id, name, api }: Client, { setup, host }: Shown): void {
  const { file, shell, code, notes = [] } = setup;
  const { style } = host.output;
  const part = (title: string, text: string) => [style.dim(title), text.trimEnd(), ''];
  host.output.show({
    json: () => ({ client: id, name, api, file, shell, code, notes }),
    text: () =>
      [
        ...(file === undefined ? [] : part(file.path, renderFile(file))),
        ...(code === undefined ? [] : part(code.language, code.text)),
        ...(shell === undefined ? [] : part('In a shell', shell)),
        ...notes,
        ...(JSON.stringify(setup).includes(TOKEN_PLACEHOLDER)
          ? [`${TOKEN_PLACEHOLDER} stands for the token of the gateway.`]
          : []),
      ].join('\n'),
  });
}

interface Written {
  readonly setup: ClientSetup;
  /** With the token. */
  readonly file: SettingsFile | undefined;
  readonly yes: boolean;
  readonly host: Host;
}

async function writeSetup({ id, name }: Client, { setup, file, yes, host }: Written): Promise<void> {
  if (file === undefined || setup.file === undefined)
    throw new CliError('failed', `${name} has no settings file that could be written.`, {
      nextCommands: [`openclaw connect ${id}`],
    });
  const path = join(resolveConfigPaths(host).home, file.path.replace(/^~\//, ''));
  const current = await readIfThere(path);
  const plan = planSettingsFile(file, current);
  const shown = shortPath(path, host);
  if (plan.type === 'by-hand')
    throw new CliError('failed', `${shown} was not changed: ${plan.reason}. Add the settings by hand.`, {
      nextCommands: [`openclaw connect ${id}`],
    });
  if (plan.type === 'unchanged') {
    host.output.show({
      json: () => ({ ok: true, client: id, path, changed: false }),
      text: () => `No change: ${shown} has these settings already.`,
    });
    return;
  }
  const masked = planSettingsFile(setup.file, current);
  const before = current ?? '';
  const difference = diffLines(
    { text: before, shown: maskSecrets(before) },
    { text: plan.text, shown: maskSecrets(masked.type === 'write' ? masked.text : plan.text) },
  );
  for (const line of [shown, ...difference]) host.output.note(line);
  if (!yes && !(await confirm(host))) {
    throw new CliError('interrupted', 'Nothing was written.');
  }
  await createDirectory(dirname(path));
  await writeFile(path, plan.text, { mode: 0o600 });
  host.output.show({
    json: () => ({ ok: true, client: id, path, changed: true }),
    text: () => [`Wrote ${shown}.`, ...(setup.shell === undefined ? [] : ['', setup.shell.trimEnd()])].join('\n'),
  });
}

/** Files of other programs may hold keys of others. */
function maskSecrets(json: string): string {
  return json.replaceAll(/("[^"]*(?:key|token|secret|password)"\s*:\s*)"(?:[^"\\]|\\.)*"/gi, '$1"***"');
}

async function confirm(host: Host): Promise<boolean> {
  if (host.openStdin().isTTY !== true || host.stdout.isTTY !== true || host.output.format === 'json')
    throw new CliError(
      'usage',
      'Writing asks for a confirmation, which needs a terminal. Add --yes to write without asking.',
    );
  const { safePrompts } = await import('../render/safe-prompts.ts');
  return (await safePrompts.confirm({ message: 'Write this?' })) === true;
}
