import { expect, test } from 'vitest';
import { loadWireReports } from '../../stream-repair/test/wire-reports.ts';
import type { ChunkSink } from './chunk-sink.ts';
import { createChunkReader } from './read-chunks.ts';

/** Everything that a reader reports, as text. */
function read(pieces: readonly Uint8Array[]): string {
  let reported = '';
  const note = (...what: readonly unknown[]): void => void (reported += `${JSON.stringify(what)}\n`);
  const sink: ChunkSink = {
    ended: () => false,
    chunk: (value) => note('chunk', value),
    content: (kind, text) => note('content', kind, text),
    done: () => note('done'),
    malformed: (excerpt) => note('malformed', excerpt),
    unrecognised: (excerpt) => note('unrecognised', excerpt),
    overLimit: (what) => note('over limit', what),
  };
  const reader = createChunkReader(sink);
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return reported;
}

/**
 * The reader is the only part of a provider that sees bytes: what follows it works on chunks. `wire-reports.test.ts` of
 * stream-repair cuts the same answers between their chunks.
 */
test.each(loadWireReports())('$file has the same chunks wherever it is cut in two', ({ bytes }) => {
  const whole = read([bytes]);
  const differing: number[] = [];
  for (let at = 1; at < bytes.length; at++)
    if (read([bytes.subarray(0, at), bytes.subarray(at)]) !== whole) differing.push(at);
  expect(differing).toEqual([]);
});
