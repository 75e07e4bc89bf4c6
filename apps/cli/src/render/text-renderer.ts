/** Renders text incrementally. */
export interface TextRenderer {
  /** Returns the text that can be shown now. */
  push(text: string): string;
  /** Returns the rest. */
  end(): string;
}
