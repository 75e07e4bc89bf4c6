import type { Recording } from './script.ts';

/** How a recording is played. */
export interface PlayRecordingOptions {
  /**
   * How the bytes are cut into socket writes: a number is the size of every slice in bytes, an array lists the offsets
   * at which to cut, `'whole'` is one write. @default 'whole'
   */
  slices?: number | readonly number[] | 'whole';
  /** @default 'text/event-stream' */
  contentType?: string;
  /** @default 200 */
  status?: number;
  headers?: Readonly<Record<string, string>>;
  /** What follows the last byte: a clean end, a destroyed connection, or silence until released. @default 'end' */
  ending?: 'end' | 'cut' | 'stall';
}

/**
 * A reply that sends recorded bytes exactly, in chosen slices, so that a reader can be tested with a stream cut at
 * every byte.
 */
export function playRecording(
  bytes: string | Uint8Array,
  {
    slices = 'whole',
    contentType = 'text/event-stream',
    status = 200,
    headers = {},
    ending = 'end',
  }: PlayRecordingOptions = {},
): Recording {
  return { recording: { bytes: toBytes(bytes), slices, contentType, status, headers, ending } };
}

/** The bytes of a recording, slice by slice. */
export function sliceRecording({ bytes, slices }: Pick<Recording['recording'], 'bytes' | 'slices'>): Uint8Array[] {
  const offsets = [...cutOffsets(bytes.length, slices), bytes.length].filter((offset) => offset <= bytes.length);
  const ordered = [...new Set([0, ...offsets])].toSorted((left, right) => left - right);
  return ordered.slice(1).map((end, position) => bytes.subarray(ordered[position], end));
}

function cutOffsets(length: number, slices: Recording['recording']['slices']): readonly number[] {
  if (slices === 'whole') return [];
  if (typeof slices !== 'number') return slices.filter((offset) => offset > 0);
  const size = Math.max(1, Math.floor(slices));
  return Array.from({ length: Math.max(0, Math.ceil(length / size) - 1) }, (_, position) => (position + 1) * size);
}

function toBytes(bytes: string | Uint8Array): Uint8Array {
  return typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
}
