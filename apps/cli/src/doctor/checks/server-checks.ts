import type { ProviderSetup } from '@openclaw/runtime/internal';
import { isLoopbackUrl } from '../../is-loopback-url.ts';
import type { Check } from '../check.ts';
import type { Evidence, ServerEvidence, ServerFailure } from '../evidence.ts';
import type { Finding } from '../finding.ts';
import { commandsForLocalServer, describeLocalServer } from '../find-local-servers.ts';
import { quoteForShell } from '../quote-for-shell.ts';

const ENABLE = 'openclaw config set models.providers.ollama.apiKey "ollama-local"';

/** Checks that Ollama is enabled. */
export const diagnoseEnabled: Check = ({ loaded, setups, unusable, elsewhere }) => {
  if (loaded === undefined || unusable.some(({ id }) => id === 'ollama')) return [];
  if (setups.some(({ server }) => server === 'ollama')) return [{ level: 'ok', message: 'Ollama is enabled.' }];
  if (elsewhere.length === 0 && setups.length > 0) return [];
  const there = elsewhere.length === 0 ? '' : ` Ollama is running at ${elsewhere.join(', ')}.`;
  return [
    {
      level: setups.length > 0 ? 'note' : 'error',
      message: `Ollama is not enabled: there is no OLLAMA_API_KEY, no auth profile, no entry, and no model of it in the configuration.${there}`,
      fix: [ENABLE, 'export OLLAMA_API_KEY="ollama-local"'],
      safeFixes:
        elsewhere.length === 0
          ? []
          : [{ type: 'config', path: 'models.providers.ollama.apiKey', value: 'ollama-local' }],
    },
  ];
};

/** Checks that servers are reachable: they may be stopped, at another address, or outside this container. */
export const diagnoseReachable: Check = (evidence) =>
  evidence.servers.map(({ failure, ...server }) =>
    failure === undefined
      ? {
          level: 'ok',
          message: `${server.provider} is running at ${server.url}${server.version === undefined ? '' : ` (Ollama ${server.version})`}.`,
        }
      : describeSilence({ ...server, failure }, evidence),
  );

/** Checks that the models of servers other than Ollama are known: listed in their entry, or by the server. */
export const diagnoseOtherServers: Check = ({ problems, servers, setups, unusable, local }) => {
  const reported = new Set([...servers.map(({ provider }) => provider), ...unusable.map(({ id }) => id)]);
  const failing = problems
    // That Ollama is not enabled is a finding of its own.
    .filter(({ provider, code }) => !reported.has(provider) && code !== 'not-enabled')
    .map(({ provider, endpoint, message, nextCommand }) => {
      const baseUrl = setups.find(
        (setup) => setup.id === provider && (endpoint === undefined || setup.endpoint?.name === endpoint),
      )?.baseUrl;
      return { level: 'error' as const, message, fix: [nextCommand ?? `curl ${baseUrl}/models`] };
    });
  const found = local.map((server) => ({
    level: 'note' as const,
    message: describeLocalServer(server),
    fix: commandsForLocalServer(server),
  }));
  return [...failing, ...found];
};

function describeSilence(
  { provider, url, failure }: ServerEvidence & { readonly failure: ServerFailure },
  { elsewhere, inContainer, loaded }: Evidence,
): Omit<Finding, 'check'> {
  const what = provider === 'ollama' ? failure.message : `${provider}: ${failure.message}`;
  const found = elsewhere.find((other) => other !== url);
  const listens = isListening(failure);
  if (found !== undefined && (!listens || failure.code === 'not-ollama')) {
    return {
      level: 'error',
      message: `${what} Ollama is running at ${found}: the address is wrong.`,
      fix: pointAt(found, { provider, loaded }),
    };
  }
  if (inContainer && !listens && isLoopbackUrl(url)) {
    const host = url.replace(/\/\/(?:localhost|127\.[\d.]+|\[::1\])/, '//host.docker.internal');
    return {
      level: 'error',
      message: `${what} This is a container: localhost is the container itself, not the machine that runs Ollama. Ollama on that machine must listen on more than loopback.`,
      fix: [
        ...pointAt(host, { provider, loaded }),
        'OLLAMA_HOST=0.0.0.0 ollama serve   # on the machine itself',
        'ollama serve   # when Ollama is in this container',
      ],
    };
  }
  const look = `curl ${url}/api/tags`;
  const { nextCommand = look } = failure;
  return { level: 'error', message: what, fix: [...new Set([nextCommand, look])] };
}

/** Whether something listens at the address: it answered, or it closed the connection. */
function isListening({ code, connection }: ServerFailure): boolean {
  if (code === 'connection-failed')
    return connection !== 'refused' && connection !== 'unreachable' && connection !== 'dns';
  return code !== 'timeout';
}

/** Returns the command that changes the address where it is set: in the environment or in the configuration. */
function pointAt(url: string, { provider, loaded }: { provider: string; loaded: Evidence['loaded'] }): string[] {
  const written = loaded?.config.models.providers[provider]?.baseUrl !== undefined;
  return written
    ? [`openclaw config set models.providers.${provider}.baseUrl ${quoteForShell(`${url}/v1`)}`]
    : [`export OLLAMA_HOST=${quoteForShell(url)}`];
}

/** The first release that reports capabilities of models (Ollama 0.6.4, `/api/show` `capabilities`). */
const CAPABILITIES_SINCE = [0, 6, 4] as const;

/** Checks the version. With older servers, capabilities are derived from templates. */
export const diagnoseVersions: Check = ({ servers }) =>
  servers.flatMap(({ provider, url, version }) => {
    if (version === undefined || !isOlder(version)) return [];
    return [
      {
        level: 'warning' as const,
        message: `${provider} at ${url} is Ollama ${version}; before ${CAPABILITIES_SINCE.join('.')} it does not report which models can call tools, so that is guessed.`,
        fix: ['curl -fsSL https://ollama.com/install.sh | sh'],
      },
    ];
  });

function isOlder(version: string): boolean {
  const numbers = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number) ?? [];
  // A build from source reports 0.0.0, which is not a release.
  if (numbers.every((number) => number === 0)) return false;
  const difference = CAPABILITIES_SINCE.map((wanted, index) => (numbers[index] ?? 0) - wanted).find(
    (part) => part !== 0,
  );
  return difference !== undefined && difference < 0;
}

/** Checks for `/v1` in base URLs. Ollama works with and without it; for other servers the URL is used as written. */
export const diagnoseBaseUrls: Check = ({ loaded, setups, unusable }) => [
  ...nowhere(unusable, loaded),
  ...setups.flatMap(({ id, server }) => {
    const written = loaded?.config.models.providers[id]?.baseUrl;
    return written === undefined ? [] : judgeBaseUrl({ id, server, written });
  }),
];

/**
 * Checks for providers without a usable address. Providers that are disabled by an invalid entry are reported with the
 * configuration.
 */
function nowhere(unusable: Evidence['unusable'], loaded: Evidence['loaded']): Omit<Finding, 'check'>[] {
  const switchedOff = new Set(loaded?.disabledProviders.map(({ id }) => id.toLowerCase()));
  return unusable
    .filter(({ id }) => !switchedOff.has(id))
    .map(({ message, nextCommand }) => ({
      level: 'error',
      message,
      fix: nextCommand === undefined ? [] : [nextCommand],
    }));
}

function judgeBaseUrl({
  id,
  server,
  written,
}: Pick<ProviderSetup, 'id' | 'server'> & { written: string }): Omit<Finding, 'check'>[] {
  const path = URL.canParse(written) ? new URL(written).pathname.replace(/\/+$/, '') : '';
  const endpoint = /\/(?:chat\/completions|completions|models|api\/(?:chat|tags|generate|show))$/.exec(path)?.[0];
  if (endpoint !== undefined) {
    const trimmed = written
      .replace(/\/+$/, '')
      .slice(0, -endpoint.length)
      .replace(/\/api$/, '');
    return [
      {
        level: 'error',
        message: `models.providers.${id}.baseUrl ends in ${endpoint}, which is an endpoint of the server. Remove it.`,
        fix: [setBaseUrl(id, trimmed)],
        safeFixes: [{ type: 'config', path: `models.providers.${id}.baseUrl`, value: trimmed }],
      },
    ];
  }
  if (server === 'ollama')
    return [
      {
        level: 'ok',
        message: `${id}: ${written} ${path.endsWith('/v1') ? 'ends in /v1' : 'does not end in /v1'}; Ollama works with both forms.`,
      },
    ];
  if (path !== '') return [];
  return [
    {
      level: 'warning',
      message: `models.providers.${id}.baseUrl is ${written}; most servers have their OpenAI-compatible API under /v1.`,
      fix: [setBaseUrl(id, `${written.replace(/\/+$/, '')}/v1`)],
    },
  ];
}

function setBaseUrl(id: string, url: string): string {
  return `openclaw config set models.providers.${id}.baseUrl ${quoteForShell(url)}`;
}
