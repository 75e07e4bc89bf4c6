import { parseArgs } from 'node:util';
import { ConfigError, loadConfig } from '@openclaw/config';
import { createRuntime } from '@openclaw/runtime/internal';
import { drainOnSignal } from './drain-on-signal.ts';
import { GatewayError } from './gateway-error.ts';
import { createGatewayLogger } from './observe/create-gateway-logger.ts';
import { startGateway } from './start-gateway.ts';

const USAGE = `Usage: node dist/main.js [--port <port>] [--host <address>] [--profile <name>]

Serves the OpenAI-compatible endpoint until SIGTERM or SIGINT. The configuration is the one of the openclaw command;
the token comes from OPENCLAW_GATEWAY_TOKEN or gateway.auth.token.`;

/**
 * Runs the gateway from the command line until a signal stops it.
 * @returns the exit code
 */
export async function serve(): Promise<number> {
  try {
    return await main();
  } catch (error) {
    const known = error instanceof GatewayError || error instanceof ConfigError || isArgumentError(error);
    if (!known) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

function isArgumentError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      profile: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const load = () => loadConfig({ profile: values.profile, mustExist: true });
  const loaded = await load();
  const logger = createGatewayLogger({ logging: loaded.config.logging });
  const runtime = createRuntime({ loaded });
  const port = values.port === undefined ? undefined : parsePort(values.port);
  try {
    const gateway = await startGateway({ runtime, logger, loadConfig: load, host: values.host, port });
    await drainOnSignal(gateway);
  } finally {
    await runtime.close();
    await logger.close();
  }
  return 0;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (text.trim() !== '' && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new GatewayError('invalid-settings', `--port must be a port (0 to 65535), and is ${JSON.stringify(text)}.`);
}
