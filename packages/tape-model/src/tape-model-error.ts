/** Scripts or settings of which no model can be made. The message says which one, and what to change. */
export class TapeModelError extends Error {
  override readonly name = 'TapeModelError';
}
