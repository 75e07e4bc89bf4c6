/**
 * Measures the cost of decoding a streamed answer, in nanoseconds per chunk, for several readers in one run.
 *
 * node --conditions=@openclaw/source bench/decode-stream/main.ts
 */
import { CONTESTANTS } from './contestants.ts';
import { measure } from './measure.ts';
import type { Figure } from './measure.ts';
import { cutEvery, cutPerEvent, renderReply } from './replies.ts';

const CHUNKS = 2_000;
const replies = {
  'Ollama, text': renderReply({ chunks: CHUNKS }),
  'no two chunks alike': renderReply({ chunks: CHUNKS, padded: true }),
};

for (const [title, reply] of Object.entries(replies)) {
  const reads = {
    '64 KiB reads': cutEvery(reply.bytes, 64 * 1024),
    'one event per read': cutPerEvent(reply.bytes),
    '7-byte reads': cutEvery(reply.bytes, 7),
  };
  for (const [cut, pieces] of Object.entries(reads)) {
    const figures = await measure(CONTESTANTS, {
      pieces,
      expectedText: reply.text,
      rounds: cut === '7-byte reads' ? 9 : 25,
    });
    report(`${title}: ${cut}`, figures);
  }
}

const lengths = [CHUNKS, 10 * CHUNKS].map((chunks) => renderReply({ chunks }));
const perChunk: number[] = [];
for (const { bytes, text, chunks } of lengths) {
  const ours = CONTESTANTS.filter(({ name }) => name.startsWith('@openclaw'));
  const figures = await measure(ours, { pieces: cutPerEvent(bytes), expectedText: text, rounds: 7 });
  perChunk.push(...[...figures.values()].map(({ nanoseconds }) => nanoseconds / chunks));
}
const [short = 0, long = 0] = perChunk;
console.log(
  `\nLinearity: ${short.toFixed(0)} ns per chunk in a reply of ${CHUNKS} chunks, ${long.toFixed(0)} ns in one ten times as long (${(long / short).toFixed(2)} ×).`,
);

function report(title: string, figures: ReadonlyMap<string, Figure>): void {
  console.log(`\n${title}`);
  for (const [name, { nanoseconds, ratio }] of figures) {
    console.log(
      `  ${name.padEnd(36)} ${(nanoseconds / CHUNKS).toFixed(0).padStart(7)} ns/chunk  ${ratio.toFixed(2).padStart(6)} × floor`,
    );
  }
}
