/** Turns text into what is shown, piece by piece. */
export interface TextRenderer {
  /** What can be shown of the text up to here. */
  push(text: string): string;
  /** What was still held back. */
  end(): string;
}
