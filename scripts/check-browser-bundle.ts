import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { EXPECTED } from './browser-program.ts';

const PROGRAM = `${import.meta.dirname}/browser-program.ts`;

/** The globals that browsers, workers and all server runtimes have. */
const WEB_GLOBALS = {
  AbortController,
  AbortSignal,
  atob,
  btoa,
  clearTimeout,
  crypto,
  DOMException,
  Event,
  EventTarget,
  Headers,
  performance,
  queueMicrotask,
  ReadableStream,
  Response,
  setTimeout,
  TextDecoder,
  TextEncoder,
  URL,
  URLSearchParams,
};

/**
 * Bundles `browser-program.ts` for browsers with the packages installed in a folder, and runs it with web globals only.
 * @returns the size of the bundle in bytes
 * @throws when a library needs a built-in module or a global of Node
 */
export async function checkBrowserBundle(folder: string): Promise<number> {
  const { outputFiles } = await build({
    // As text: its imports then mean the packages of the folder, not those of the workspace.
    stdin: { contents: readFileSync(PROGRAM, 'utf8'), loader: 'ts', resolveDir: folder },
    bundle: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'program',
    minify: true,
    write: false,
  });
  const [bundle] = outputFiles;
  if (bundle === undefined) throw new Error('esbuild made no bundle.');
  const result: unknown = await runInContext(`${bundle.text}program.run()`, createContext({ ...WEB_GLOBALS }));
  if (result !== EXPECTED) throw new Error(`The bundle for browsers says “${String(result)}”, not “${EXPECTED}”.`);
  return bundle.contents.length;
}
