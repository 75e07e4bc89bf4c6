/** A streamed reply and its text. */
export interface BenchReply {
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly chunks: number;
}

const WORDS = [
  'The',
  ' quick',
  ' brown',
  ' fox',
  ' jumps',
  ',',
  ' over',
  ' the',
  ' lazy',
  ' dog',
  '.',
  '\n',
  ' "quoted"',
  ' é',
  ' <b>',
  ' 日本',
  ' I',
  ' am',
  ' here',
  ' and',
];

/**
 * Chunks of about 230 bytes, as Ollama sends them; padded ones carry a random key each, as OpenAI's and Mistral's do.
 */
export function renderReply({
  chunks,
  padded = false,
}: {
  readonly chunks: number;
  readonly padded?: boolean;
}): BenchReply {
  const said = Array.from({ length: chunks - 1 }, (_, index) => WORDS[(index * 7) % WORDS.length] ?? '');
  const lines = said.map((content, index) =>
    encodeChunk({ content, finish_reason: null, padding: padded ? `p${(index * 7919) % 99_991}` : undefined }),
  );
  lines.push(encodeChunk({ content: '', finish_reason: 'stop' }));
  const stream = `${lines.map((line) => `data: ${line}\n\n`).join('')}data: [DONE]\n\n`;
  return { bytes: new TextEncoder().encode(stream), text: said.join(''), chunks };
}

function encodeChunk({
  content,
  finish_reason,
  padding,
}: {
  readonly content: string;
  readonly finish_reason: string | null;
  readonly padding?: string | undefined;
}): string {
  const json = JSON.stringify({
    id: 'chatcmpl-317',
    object: 'chat.completion.chunk',
    created: 1757000000,
    model: 'qwen2.5-coder:14b',
    system_fingerprint: 'fp_ollama',
    choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason }],
    obfuscation: padding,
  });
  return json.replaceAll('<', String.raw`\u003c`).replaceAll('>', String.raw`\u003e`);
}

/** Reads of a fixed size. */
export function cutEvery(bytes: Uint8Array, size: number): readonly Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.slice(index * size, (index + 1) * size),
  );
}

/** One read per event, as a server that flushes each sends them. */
export function cutPerEvent(bytes: Uint8Array): readonly Uint8Array[] {
  const events: Uint8Array[] = [];
  let from = 0;
  for (let at = 1; at < bytes.length; at++) {
    if (bytes[at] !== 10 || bytes[at - 1] !== 10) continue;
    events.push(bytes.slice(from, at + 1));
    from = at + 1;
  }
  return events;
}
