/** Small reads are joined in groups of this size, so that a body of one-byte reads does not keep an object per byte. */
const GROUP_SIZE = 256;

/** Collects the reads of a body and joins them. */
export class ByteCollector {
  #groups: Uint8Array[] = [];
  #pieces: Uint8Array[] = [];
  #length = 0;

  /** Bytes collected since the last `take`. */
  get length(): number {
    return this.#length;
  }

  push(bytes: Uint8Array): void {
    this.#length += bytes.length;
    this.#pieces.push(bytes);
    if (this.#pieces.length < GROUP_SIZE) return;
    this.#groups.push(concat(this.#pieces));
    this.#pieces = [];
  }

  /** Returns all collected bytes joined, and empties the collector. A single read is not copied. */
  take(): Uint8Array {
    const pieces = this.#groups.length === 0 ? this.#pieces : [...this.#groups, ...this.#pieces];
    const [first] = pieces;
    const bytes = first !== undefined && pieces.length === 1 ? first : concat(pieces);
    this.#groups = [];
    this.#pieces = [];
    this.#length = 0;
    return bytes;
  }
}

function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
