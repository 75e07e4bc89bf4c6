import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { findCompilers } from './find-compilers.ts';
import { runCommand } from './run-command.ts';
import { ServerUnavailableError } from './server-unavailable-error.ts';
import { withBuildLock } from './with-build-lock.ts';
import { collectHeaders } from './collect-headers.ts';

/** Options of `buildOllama`. */
export interface BuildOllamaOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly report: (line: string) => void;
}

const BUILD_LIMIT_MS = 45 * 60_000;

/** The path of a build from an earlier run. */
export function findBuild(release: string, env: NodeJS.ProcessEnv): string | undefined {
  const binary = buildPath(release, env);
  return existsSync(binary) ? binary : undefined;
}

/**
 * Builds a release from its Go module and returns the path of the program. One build at a time; it takes minutes, and is
 * kept for later runs. Throws a `ServerUnavailableError` if something that the build needs is missing.
 */
export async function buildOllama(release: string, { env, report }: BuildOllamaOptions): Promise<string> {
  const go = await findCompilers(env);
  const binary = buildPath(release, env);
  await mkdir(dirname(dirname(binary)), { recursive: true });
  return withBuildLock(dirname(binary), {
    report,
    async build() {
      if (existsSync(binary)) return binary;
      report(`Building Ollama ${release} with ${go.version}. This takes a few minutes, once. It is kept in ${binary}.`);
      const temporary = `${dirname(binary)}.${process.pid}.tmp`;
      try {
        await install(release, { go: go.command, env, directory: temporary });
        await rename(temporary, dirname(binary));
      } finally {
        await rm(temporary, { recursive: true, force: true });
      }
      return binary;
    },
  });
}

function buildPath(release: string, env: NodeJS.ProcessEnv): string {
  const cache = env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const root = env['OPENCLAW_TEST_CACHE'] ?? join(cache, 'openclaw-test');
  return join(root, 'ollama', `${release}-${process.platform}-${process.arch}`, 'ollama');
}

async function install(
  release: string,
  { go, env, directory }: { readonly go: string; readonly env: NodeJS.ProcessEnv; readonly directory: string },
): Promise<void> {
  const headers = join(directory, 'headers');
  await collectHeaders(headers, { go, env });
  const compiler = await writeCompiler(dirname(directory));
  const flags = '-O0 -g0';
  const module = 'github.com/ollama/ollama';
  const linkerFlags = `-s -w -X=${module}/version.Version=${release}`;
  const command = ['nice', '-n', '10', go, 'install', '-ldflags', linkerFlags, `${module}@v${release}`];
  const { code, stderr } = await runCommand(command, {
    cwd: directory,
    timeoutMs: BUILD_LIMIT_MS,
    env: {
      ...env,
      GOBIN: directory,
      GOFLAGS: '',
      GOWORK: 'off',
      CGO_ENABLED: '1',
      CGO_CFLAGS: flags,
      CGO_CXXFLAGS: flags,
      CXX: compiler,
      // Unlike CGO_CPPFLAGS it is no part of Go's cache key.
      CPLUS_INCLUDE_PATH: headers,
    },
  });
  await rm(headers, { recursive: true });
  if (code === 0) return;
  const log = `${directory.replace(/\.\d+\.tmp$/, '')}.log`;
  await writeFile(log, stderr);
  const lines = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('go: downloading'));
  throw new ServerUnavailableError(
    `The build of Ollama ${release} failed. The whole log is in ${log}. Its end:\n${lines.slice(-15).join('\n')}`,
  );
}

/**
 * Optimises the arithmetic alone: without optimisation, reading a prompt of 30,000 tokens takes minutes. The path of the
 * script is part of Go's cache key, so it is the same for every build.
 */
async function writeCompiler(directory: string): Promise<string> {
  const path = join(directory, 'c++');
  const temporary = `${path}.${process.pid}`;
  await writeFile(temporary, '#!/bin/sh\ncase "$PWD" in */ggml-cpu*) exec g++ "$@" -O2 ;; *) exec g++ "$@" ;; esac\n', {
    mode: 0o755,
  });
  await rename(temporary, path);
  return path;
}
