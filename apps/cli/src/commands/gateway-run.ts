import { loadConfig } from '@openclaw/config';
import {
  createGatewayLogger,
  drainOnSignal,
  GatewayError,
  startGateway,
  type Gateway,
  type GatewayErrorCode,
  type StartGatewayOptions,
} from '@openclaw/gateway';
import type { Runtime } from '@openclaw/runtime/internal';
import { CliError } from '../cli-error.ts';
import { defineCommand } from '../define-command.ts';
import type { Host } from '../host.ts';
import { noteNextCommands } from '../note-next-commands.ts';
import { parseNumberOption } from '../parse-number-option.ts';
import { describeServedModels, renderGatewayGreeting } from '../render/gateway-greeting.ts';
import { withRuntime } from '../with-runtime.ts';

const BINDS = ['loopback', 'lan', 'auto', 'custom', 'tailnet'] as const;

/** Runs the gateway until a signal stops it. */
export const gatewayRun = defineCommand({
  options: {
    port: { type: 'string', placeholder: 'number', description: 'Listen on this port; 0 selects a free one' },
    bind: {
      type: 'string',
      choices: BINDS,
      description: 'Which machines can connect; anything but loopback needs a token',
    },
    host: { type: 'string', placeholder: 'address', description: 'Listen on this address' },
    token: {
      type: 'string',
      placeholder: 'text',
      description: 'Token of clients; OPENCLAW_GATEWAY_TOKEN keeps it out of process lists',
    },
  },
  formats: [],
  examples: [
    { line: 'openclaw gateway run', does: 'Serve http://127.0.0.1:18789/v1 for clients on this machine.' },
    {
      line: 'OPENCLAW_GATEWAY_TOKEN="$(openssl rand -hex 16)" openclaw gateway run --bind lan',
      does: 'Serve the network, with a token.',
    },
  ],
  docs: 'docs/gateway-api.md',
  async run({ values, host }) {
    const port = parseNumberOption(values.port, { name: '--port', min: 0, max: 65_535 });
    const bind = BINDS.find((known) => known === values.bind);
    await withRuntime(host, {
      use: async (runtime) => {
        const logger = createGatewayLogger({ logging: runtime.loaded.config.logging });
        try {
          const gateway = await startOrExplain({
            runtime,
            logger,
            version: host.readVersion(),
            loadConfig: () => loadConfig({ env: host.env, cwd: host.cwd, profile: host.profile }),
            port,
            bind,
            host: values.host,
            token: values.token,
          });
          // The greeting is one block: no line of the log comes between its lines.
          await logger.flushConsole();
          host.output.show({ json: () => undefined, text: () => renderGatewayGreeting(gateway) });
          const stopped = new AbortController();
          const listed = noteModels(host, { runtime, signal: stopped.signal });
          await drainOnSignal(gateway);
          stopped.abort();
          await listed;
        } finally {
          await logger.close();
        }
      },
    });
  },
});

/** Lists the models once their servers have answered. */
async function noteModels(
  { output }: Host,
  { runtime, signal }: { readonly runtime: Runtime; readonly signal: AbortSignal },
): Promise<void> {
  const inventory = await runtime.inventory({ signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  if (inventory === undefined || signal.aborted) return;
  const { text, nextCommands } = describeServedModels(inventory, runtime.loaded);
  output.show({ json: () => undefined, text: () => text });
  noteNextCommands(output, nextCommands);
}

/** Invalid settings are configuration errors; a port in use is not. */
const CONFIGURATION: readonly GatewayErrorCode[] = ['invalid-settings', 'token-required'];

async function startOrExplain(options: StartGatewayOptions): Promise<Gateway> {
  try {
    return await startGateway(options);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    throw new CliError(CONFIGURATION.includes(error.code) ? 'configuration' : 'failed', error.message, {
      fields: { code: error.code },
      nextCommands: error.code === 'address-in-use' ? ['openclaw gateway status', 'openclaw gateway run --port 0'] : [],
      cause: error,
    });
  }
}
