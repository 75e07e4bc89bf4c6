import { afterAll, inject } from 'vitest';
import type { OllamaServer } from './ollama-server.ts';
import { startRealOllama } from './real-ollama.ts';
import type { RealOllama, RealOllamaOptions } from './real-ollama.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly ollama: OllamaServer | undefined;
  }
}

/** The server that this run of the suite is about. */
export const testServer: OllamaServer = requireServer(inject('ollama'));

/** Whether the suite started the server, and so may stop and kill it. Skip tests that do so otherwise. */
export const isOwnServer: boolean = testServer.binary !== undefined;

/**
 * Starts a server for the test file that calls it: `const ollama = await useOllama({ models })`. It is closed after the
 * last test of the file.
 */
export async function useOllama(options: RealOllamaOptions = {}): Promise<RealOllama> {
  const starting = startRealOllama(testServer, options);
  afterAll(async () => (await starting).close());
  return starting;
}

function requireServer(server: OllamaServer | undefined): OllamaServer {
  if (server === undefined) throw new Error('No Ollama server is known. Run this suite with `pnpm test:real-ollama`.');
  return server;
}
