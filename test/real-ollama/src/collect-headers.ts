import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runCommand } from './run-command.ts';
import { ServerUnavailableError } from './server-unavailable-error.ts';

/** Headers that Ollama's sources include, and other modules that contain them. */
const HEADERS: readonly { readonly header: string; readonly module: string; readonly path: string }[] = [
  {
    header: 'nlohmann/json.hpp',
    module: 'github.com/ollama/ollama@v0.6.5',
    path: 'llama/llama.cpp/common/json.hpp',
  },
  {
    header: 'stb/stb_image.h',
    module: 'github.com/ollama/ollama@v0.6.5',
    path: 'llama/llama.cpp/common/stb_image.h',
  },
  { header: 'miniaudio/miniaudio.h', module: 'github.com/gen2brain/malgo@v0.11.24', path: 'miniaudio.h' },
];

/**
 * Collects the headers that a build of Ollama needs. Ollama has them in a directory named `vendor`, and archives of Go
 * modules leave such directories out. Earlier releases and other modules have the same files elsewhere.
 */
export async function collectHeaders(
  directory: string,
  { go, env }: { readonly go: string; readonly env: NodeJS.ProcessEnv },
): Promise<void> {
  for (const { header, module, path } of HEADERS) {
    const target = join(directory, header);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(join(await downloadModule(module, { go, env, cwd: directory }), path), target);
  }
  // Declarations alone; the definitions contain them.
  await writeFile(join(directory, 'nlohmann/json_fwd.hpp'), '#include <nlohmann/json.hpp>\n');
}

async function downloadModule(
  module: string,
  { go, env, cwd }: { readonly go: string; readonly env: NodeJS.ProcessEnv; readonly cwd: string },
): Promise<string> {
  const { code, stdout, stderr } = await runCommand([go, 'mod', 'download', '-json', module], {
    env: { ...env, GOFLAGS: '-modcacherw', GOWORK: 'off' },
    cwd,
    timeoutMs: 10 * 60_000,
  });
  const { Dir: folder, Error: reason }: { Dir?: string; Error?: string } = stdout === '' ? {} : JSON.parse(stdout);
  if (code === 0 && folder !== undefined) return folder;
  throw new ServerUnavailableError(
    `Cannot download the Go module ${module} (${reason ?? stderr.trim()}). Check the network and \`go env GOPROXY\`.`,
  );
}
