import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { RouteHandler } from '../gateway-context.ts';
import { sendReply } from '../http/send-reply.ts';

/** A file of the page that shows what is running. It holds no data: those come from `/status`, with the token. */
export function page(file: string): RouteHandler {
  let content: Promise<Buffer> | undefined;
  return async (exchange) => {
    content ??= readPageFile(file).catch((error: unknown) => {
      // Descriptors may have run out for a moment: the next request reads it again.
      content = undefined;
      throw error;
    });
    sendReply(exchange, { contentType: CONTENT_TYPES.get(extname(file)), headers: PAGE_HEADERS, body: await content });
  };
}

/** What `page.html` loads. */
export const PAGE_FILES = [
  'page.css',
  'page.js',
  'chat.js',
  'clients.js',
  'connect.js',
  'dom.js',
  'endpoints.js',
  'gateway-client.js',
  'graph.js',
  'log.js',
  'markdown.js',
  'markdown-inline.js',
  'models.js',
  'requests.js',
] as const;

const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
]);

/** The page runs its own files and talks to its own gateway, and does nothing else. */
const PAGE_HEADERS: readonly string[] = [
  'content-security-policy',
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-frame-options',
  'DENY',
  'referrer-policy',
  'no-referrer',
];

/** Beside the bundle when there is one (tsup copies `page/` there), otherwise in the package. */
async function readPageFile(file: string): Promise<Buffer> {
  try {
    return await readFile(new URL(`./${file}`, import.meta.url));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    return readFile(new URL(`../../page/${file}`, import.meta.url));
  }
}
