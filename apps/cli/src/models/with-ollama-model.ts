import type { LoadedConfig } from '@openclaw/config';
import { tryParseModelRef } from '@openclaw/model-selection';
import {
  createLightFetch,
  providerSetups,
  type OllamaRequestOptions,
  type ProviderSetup,
} from '@openclaw/runtime/internal';
import { CliError } from '../cli-error.ts';
import type { Host } from '../host.ts';
import { loadHostConfig } from '../load-host-config.ts';
import { didYouMean } from '../parse-command-arguments.ts';
import { withNamedOllama } from './with-named-ollama.ts';

/** A model of an Ollama server, and what its requests need. */
export interface NamedOllamaModel {
  readonly loaded: LoadedConfig;
  readonly setup: ProviderSetup;
  /** The server's own name of the model. */
  readonly model: string;
  readonly request: OllamaRequestOptions & { readonly model: string };
}

interface UseOptions<Result> {
  readonly host: Host;
  /** From `--provider`. */
  readonly provider: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly use: (named: NamedOllamaModel) => Promise<Result>;
}

/** The first response of a server that is busy can take a while. */
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * Finds the Ollama server of a model: the provider that the option or the reference names, else `ollama`, else the first
 * one. Ollama at its usual address needs no entry in the configuration.
 */
export async function withOllamaModel<Result>(
  name: string,
  { host, provider, signal, use }: UseOptions<Result>,
): Promise<Result> {
  const loaded = await loadHostConfig(host, { mustExist: true });
  const servers = ollamaServers(loaded);
  const ref = tryParseModelRef(name);
  const named = servers.find(({ id }) => id === ref?.provider);
  const setup = provider === undefined ? (named ?? servers[0]) : findServer(provider, servers);
  if (setup === undefined) throw noServer(servers);
  const model = named?.id === setup.id && ref !== undefined ? ref.model : name;
  const light = createLightFetch();
  try {
    const request = { ...requestOptions(setup), model, fetch: light.fetch, signal };
    return await use({ loaded, setup, model, request });
  } finally {
    light.close();
  }
}

/** The Ollama servers of the configuration, `ollama` first. */
export function ollamaServers(loaded: LoadedConfig): readonly ProviderSetup[] {
  return providerSetups(withNamedOllama(loaded, 'ollama/any'))
    .setups.filter(({ server }) => server === 'ollama')
    .toSorted((one, other) => Number(other.id === 'ollama') - Number(one.id === 'ollama'));
}

/** What every request to a server needs. */
export function requestOptions({ nativeUrl, apiKey, headers }: ProviderSetup): OllamaRequestOptions {
  return { baseUrl: nativeUrl, apiKey, headers, requestTimeoutMs: REQUEST_TIMEOUT_MS };
}

function findServer(wanted: string, servers: readonly ProviderSetup[]): ProviderSetup {
  const found = servers.find(({ id }) => id === wanted.toLowerCase());
  if (found !== undefined) return found;
  const known = servers.map(({ id }) => id);
  throw new CliError('failed', `There is no Ollama server ${wanted}.${didYouMean(wanted, known)}`, {
    fields: { code: 'unknown-provider', provider: wanted, known },
    nextCommands: ['openclaw config get models.providers'],
  });
}

function noServer(known: readonly ProviderSetup[]): CliError {
  return new CliError('failed', 'The configuration has no usable Ollama server.', {
    fields: { code: 'unknown-provider', known: known.map(({ id }) => id) },
    nextCommands: ['openclaw doctor'],
  });
}
