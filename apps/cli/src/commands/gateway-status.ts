import { defineCommand } from '../define-command.ts';
import { gatewayPort, gatewayUrl } from '../gateway-url.ts';
import type { Host } from '../host.ts';
import { loadHostConfig } from '../load-host-config.ts';
import { noteNextCommands } from '../note-next-commands.ts';
import { parseNumberOption } from '../parse-number-option.ts';
import { probeGateway, type GatewayProbe } from '../probe-gateway.ts';
import { shortPath } from '../short-path.ts';

/** Checks whether the gateway of this configuration is running; the exit code is 1 if it is not. */
export const gatewayStatus = defineCommand({
  options: {
    url: {
      type: 'string',
      placeholder: 'url',
      description: 'Check this gateway instead of the configured one',
    },
    timeout: { type: 'string', placeholder: 'ms', description: 'Timeout; default: 3000' },
  },
  formats: ['json'],
  examples: [
    { line: 'openclaw gateway status', does: 'Check the gateway of this configuration.' },
    {
      line: 'openclaw gateway status --url http://192.168.1.20:18789 --json',
      does: 'Check a gateway on another machine, as JSON.',
    },
  ],
  docs: 'docs/gateway-api.md',
  async run({ values, host }) {
    const timeoutMs = parseNumberOption(values.timeout, { name: '--timeout', min: 1, max: 600_000 }) ?? 3000;
    const loaded = await loadHostConfig(host);
    const { config, path } = loaded;
    const { bind } = config.gateway;
    const port = gatewayPort(loaded);
    const url = values.url?.replace(/\/+$/, '') ?? gatewayUrl(loaded);
    const probe = await probeGateway(url, { timeoutMs, now: host.now });
    host.output.show({
      json: () => ({ ...probe, configPath: path, bind, port }),
      text: () => renderProbe(probe, { config: shortPath(path, host), bind, port, host }),
    });
    if (probe.running) return 0;
    noteNextCommands(host.output, ['openclaw gateway run']);
    return 1;
  },
});

interface Surroundings {
  readonly config: string;
  readonly bind: string;
  readonly port: number;
  readonly host: Host;
}

function renderProbe(
  { url, running, status, latencyMs, reason }: GatewayProbe,
  { config, bind, port, host }: Surroundings,
): string {
  const { style } = host.output;
  const state = running
    ? style.success(`running (responded in ${latencyMs} ms)`)
    : style.error(`not running (${reason ?? `HTTP ${status}`})`);
  return [`Gateway: ${url}`, `State:   ${state}`, `Config:  ${config} (bind ${bind}, port ${port})`].join('\n');
}
