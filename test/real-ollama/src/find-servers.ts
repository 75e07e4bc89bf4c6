import { findBuild, buildOllama } from './build-ollama.ts';
import { DEFAULT_RELEASE, OLLAMA_RELEASES } from './ollama-releases.ts';
import type { OllamaServer } from './ollama-server.ts';
import { runCommand } from './run-command.ts';
import { ServerUnavailableError } from './server-unavailable-error.ts';

/** Options of `findServers`. */
export interface FindServersOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Tells a person what takes long. */
  readonly report: (line: string) => void;
}

/**
 * Finds the servers to test, in this order: `OLLAMA_TEST_HOSTS`, `ollama` on PATH, a cached build, a new build.
 * `REAL_OLLAMA` names releases (`all`, or `0.12.6,0.6.5`), which are built unless the one on PATH is the same.
 * Throws a `ServerUnavailableError`.
 */
export async function findServers({ env, report }: FindServersOptions): Promise<OllamaServer[]> {
  const hosts = splitList(env['OLLAMA_TEST_HOSTS']);
  if (hosts.length > 0) return Promise.all(hosts.map(findHost));
  const installed = await findInstalled(env);
  const named = parseReleases(env['REAL_OLLAMA']);
  if (named.length === 0 && installed !== undefined) return [installed];
  const servers: OllamaServer[] = [];
  for (const release of named.length === 0 ? [DEFAULT_RELEASE] : named) {
    const binary =
      installed?.version === release
        ? installed.binary
        : (findBuild(release, env) ?? (await buildOllama(release, { env, report })));
    servers.push({ name: `Ollama ${release}`, version: release, ...(binary !== undefined && { binary }) });
  }
  return servers;
}

/** The releases that `REAL_OLLAMA` names. */
function parseReleases(text: string | undefined): string[] {
  if (text === 'all') return [...OLLAMA_RELEASES];
  const releases = splitList(text);
  const unknown = releases.find((release) => !OLLAMA_RELEASES.includes(release));
  if (unknown === undefined) return releases;
  throw new ServerUnavailableError(
    `REAL_OLLAMA names the release "${unknown}", which the suite cannot build. Use ${OLLAMA_RELEASES.join(', ')} or "all".`,
  );
}

async function findHost(host: string): Promise<OllamaServer> {
  const url = (host.includes('://') ? host : `http://${host}`).replace(/\/+$/, '');
  const signal = AbortSignal.timeout(10_000);
  try {
    const { version }: { version: string } = JSON.parse(await (await fetch(`${url}/api/version`, { signal })).text());
    return { name: `Ollama ${version} at ${url}`, version, url };
  } catch (error) {
    throw new ServerUnavailableError(
      `Cannot reach Ollama at ${url} (${describe(error)}). Start it, or correct OLLAMA_TEST_HOSTS.`,
    );
  }
}

async function findInstalled(env: NodeJS.ProcessEnv): Promise<OllamaServer | undefined> {
  // It first warns that no server runs, on its port.
  const { stdout, stderr } = await runCommand(['ollama', '--version'], {
    env: { ...env, OLLAMA_HOST: '127.0.0.1:1' },
  });
  const version = /version is (\d+\.\d+\.\d+)/.exec(stdout + stderr)?.[1];
  return version === undefined ? undefined : { name: `Ollama ${version}`, version, binary: 'ollama' };
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function splitList(text = ''): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
