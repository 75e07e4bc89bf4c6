import { readFile } from 'node:fs/promises';
import type { RouteHandler } from '../gateway-context.ts';
import { sendReply } from '../http/send-reply.ts';

/** A file of the page that shows what is running. It holds no data: those come from `/status`, with the token. */
export function page(file: keyof typeof CONTENT_TYPES): RouteHandler {
  let content: Promise<Buffer> | undefined;
  return async (exchange) => {
    content ??= readPageFile(file).catch((error: unknown) => {
      // Descriptors may have run out for a moment: the next request reads it again.
      content = undefined;
      throw error;
    });
    sendReply(exchange, { contentType: CONTENT_TYPES[file], headers: PAGE_HEADERS, body: await content });
  };
}

const CONTENT_TYPES = {
  'page.html': 'text/html; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
} as const;

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
