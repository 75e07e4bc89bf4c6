import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, loadConfig, resolveConfigPaths, type LoadedConfig } from '@openclaw/config';
import {
  createHttpClient,
  createLightFetch,
  createTransportFetch,
  OllamaDiscoveryError,
  providerSetups,
  resolveOllamaBaseUrl,
  type Inventory,
  type LightFetch,
  type ProviderSetup,
} from '@openclaw/runtime/internal';
import type { Host } from '../host.ts';
import { compareStreaming } from '../models/compare-streaming.ts';
import { planModelRows } from '../models/model-rows.ts';
import { describeFailure } from '../report-error.ts';
import { askServer } from './ask-server.ts';
import { findLocalServers } from './find-local-servers.ts';
import type { Evidence, FileEvidence, ServerEvidence, StreamingEvidence } from './evidence.ts';

const TIMEOUT_MS = 3000;

interface GatherOptions {
  /** Whether the default model is asked for a streamed and a whole answer. */
  readonly streaming: boolean;
}

/** Gathers the input of the checks: configuration, files, servers, models. Changes nothing. */
export async function gatherEvidence(host: Host, { streaming }: GatherOptions): Promise<Evidence> {
  const paths = resolveConfigPaths({ env: host.env, cwd: host.cwd, profile: host.profile });
  const files = inspectFiles([
    paths.stateDir,
    paths.config,
    join(paths.stateDir, '.env'),
    join(paths.stateDir, 'agents/main/agent/auth-profiles.json'),
  ]);
  const basis = { configPath: paths.config, files, inContainer: isContainer(host.env) };
  const read = await readConfiguration(host);
  if ('issues' in read) {
    return {
      ...basis,
      ...read,
      setups: [],
      unusable: [],
      servers: [],
      elsewhere: [],
      local: [],
      models: [],
      hidden: [],
      problems: [],
      missing: [],
    };
  }
  const { loaded } = read;
  const { setups, unusable } = providerSetups(loaded);
  const [inventory, found] = await Promise.all([
    takeInventory(loaded, host),
    askServers(setups, loaded.env['OLLAMA_HOST']),
  ]);
  const rows = planModelRows(inventory, { loaded });
  return {
    ...basis,
    loaded,
    issues: [],
    setups,
    unusable,
    ...found,
    ...inventory,
    ...(streaming && { streaming: await testStreaming(loaded, host) }),
    missing: rows
      .filter(({ tags }) => tags.includes('missing'))
      .map(({ ref, tags }) => ({ name: ref, roles: tags.filter((tag) => tag !== 'missing') })),
  };
}

type ReadConfiguration = { readonly loaded: LoadedConfig } | Pick<Evidence, 'issues' | 'issuesMessage'>;

async function readConfiguration({ env, cwd, profile }: Host): Promise<ReadConfiguration> {
  try {
    return { loaded: await loadConfig({ env, cwd, profile }) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { issues: error.issues, issuesMessage: error.message };
  }
}

async function takeInventory(loaded: LoadedConfig, host: Host): Promise<Inventory> {
  const runtime = await host.createRuntime(loaded);
  try {
    return await runtime.inventory({ refresh: true });
  } finally {
    await runtime.close();
  }
}

async function testStreaming(loaded: LoadedConfig, host: Host): Promise<StreamingEvidence> {
  const runtime = await host.createRuntime(loaded);
  const signal = host.interruption();
  let model = 'the default model';
  try {
    model = (await runtime.findModel('openclaw', { signal })).ref;
    return { model, comparison: await compareStreaming(runtime, { model, signal }) };
  } catch (error) {
    return { model, comparison: { type: 'failed', message: describeFailure(error).message } };
  } finally {
    await runtime.close();
  }
}

async function askServers(
  setups: readonly ProviderSetup[],
  ollamaHost: string | undefined,
): Promise<Pick<Evidence, 'servers' | 'elsewhere' | 'local'>> {
  const [light, http] = [createLightFetch(), createHttpClient()];
  const fetch = createTransportFetch({ fetch: light.fetch, http, setups: () => setups });
  try {
    const answered = await Promise.all(setups.map((setup) => askSetup(setup, fetch)));
    const servers = answered.filter((server) => server !== undefined);
    const isServed = servers.some(({ failure }) => failure === undefined) || answered.includes(undefined);
    const local = isServed ? [] : await findLocalServers(light);
    return { servers, elsewhere: await findElsewhere(servers, { ollamaHost, fetch }), local };
  } finally {
    light.close();
    await http.close();
  }
}

/** `undefined` if the server is not Ollama. Where only the server can say its kind, Ollama is what says its version. */
async function askSetup(
  { id, nativeUrl: url, apiKey, headers, alternative }: ProviderSetup,
  fetch: LightFetch['fetch'],
): Promise<ServerEvidence | undefined> {
  if (url === undefined) return undefined;
  const server = await askServer({ id, url, apiKey, headers }, { fetch, timeoutMs: TIMEOUT_MS });
  return alternative !== undefined && server.version === undefined ? undefined : server;
}

interface SearchOptions extends Pick<LightFetch, 'fetch'> {
  readonly ollamaHost: string | undefined;
}

/** Tries `OLLAMA_HOST` and the default address if no configured server responds. */
async function findElsewhere(
  servers: readonly ServerEvidence[],
  { ollamaHost, fetch }: SearchOptions,
): Promise<string[]> {
  if (servers.some(({ failure }) => failure === undefined)) return [];
  const addresses = new Set([ollamaHost, undefined].flatMap(addressOf));
  const others = [...addresses].filter((address) => servers.every(({ url }) => url !== address));
  const asked = await Promise.all(others.map((url) => askServer({ id: 'ollama', url }, { fetch, timeoutMs: 1000 })));
  return asked.flatMap(({ url, failure }) => (failure === undefined ? [url] : []));
}

/** The possible addresses of Ollama; empty if the value is not an address. */
function addressOf(ollamaHost: string | undefined): string[] {
  try {
    return [resolveOllamaBaseUrl({ ollamaHost }).nativeUrl];
  } catch (error) {
    if (error instanceof OllamaDiscoveryError) return [];
    throw error;
  }
}

function inspectFiles(paths: readonly string[]): FileEvidence[] {
  // Windows has no permission bits.
  if (process.platform === 'win32') return [];
  return paths.flatMap((path): FileEvidence[] => {
    const found = statSync(path, { throwIfNoEntry: false });
    return found === undefined
      ? []
      : [{ path, kind: found.isDirectory() ? 'folder' : 'file', mode: found.mode & 0o777 }];
  });
}

function isContainer(env: Host['env']): boolean {
  return existsSync('/.dockerenv') || existsSync('/run/.containerenv') || env['KUBERNETES_SERVICE_HOST'] !== undefined;
}
