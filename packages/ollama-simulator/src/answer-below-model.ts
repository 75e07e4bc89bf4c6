import type { Exchange } from './exchange.ts';
import { encodeGoJson } from './go-json.ts';
import type { Pauses } from './pause.ts';
import { sliceRecording } from './recording.ts';
import type { HttpReply, Recording } from './script.ts';

/** Sends an answer of any status and body, late, or destroys the connection. */
export async function sendHttpReply(
  { http: { status = 200, headers = {}, body = '', headersAfterMs, headersAfter, reset = false } }: HttpReply,
  { exchange, pauses }: { exchange: Exchange; pauses: Pauses },
): Promise<void> {
  const { page, signal } = exchange;
  const announce = (): void => page.note({ phase: 'stalled' });
  await pauses.pass({ ms: headersAfterMs, until: headersAfter }, { signal, announce });
  if (reset) return exchange.reset();
  const isJson = typeof body !== 'string' && !(body instanceof Uint8Array);
  const bytes = Buffer.from(isJson ? encodeGoJson(body) : body);
  await exchange.send(status, {
    body: bytes,
    headers: {
      'content-length': String(bytes.length),
      ...(isJson ? { 'content-type': 'application/json; charset=utf-8' } : {}),
      ...headers,
    },
  });
}

/** Sends a recording, one socket write per slice, with a turn of the event loop between two. */
export async function sendRecording(
  { recording }: Recording,
  { exchange, pauses }: { exchange: Exchange; pauses: Pauses },
): Promise<void> {
  exchange.begin(recording.status, { 'content-type': recording.contentType, ...recording.headers });
  for (const slice of sliceRecording(recording)) {
    await exchange.write(slice);
    await new Promise(setImmediate);
  }
  if (recording.ending === 'cut') return exchange.cut();
  if (recording.ending === 'stall') {
    const announce = (): void => exchange.page.note({ phase: 'stalled' });
    await pauses.pass({ until: true }, { signal: exchange.signal, announce });
  }
  exchange.end();
}
