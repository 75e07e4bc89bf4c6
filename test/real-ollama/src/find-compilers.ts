import { isAtLeast } from './ollama-server.ts';
import { runCommand } from './run-command.ts';
import { ServerUnavailableError } from './server-unavailable-error.ts';

/** Go downloads the toolchain that a module asks for since this release. */
const MINIMUM_GO = '1.21.0';

/** Places where Go is installed without being on PATH. */
const COMMANDS = ['go', '/usr/local/go/bin/go', '/usr/lib/go/bin/go'];

/** Finds Go and a C++ compiler. Throws a `ServerUnavailableError` that says what to install. */
export async function findCompilers(env: NodeJS.ProcessEnv): Promise<{ command: string; version: string }> {
  const found: string[] = [];
  for (const command of COMMANDS) {
    const { stdout } = await runCommand([command, 'env', 'GOVERSION'], { env });
    const version = stdout.trim();
    if (version === '') continue;
    if (!isAtLeast(version.replace(/^go/, ''), MINIMUM_GO)) found.push(version);
    else if ((await runCommand(['g++', '--version'], { env })).code === 0) return { command, version };
    else throw new ServerUnavailableError('There is no C++ compiler. Install one (Debian: `apt-get install g++`).');
  }
  const problem = found.length === 0 ? 'There is no Go' : `Go is too old (${found.join(', ')})`;
  throw new ServerUnavailableError(
    `${problem}, which builds Ollama. Install Go ${MINIMUM_GO} or later (https://go.dev/dl, or \`apt-get install golang-go\` on Debian 13), put an \`ollama\` on PATH, or set OLLAMA_TEST_HOSTS.`,
  );
}
