import { escapeControls } from '@openclaw/runtime/escape-controls';

/**
 * Text from elsewhere as a terminal may show it. A carriage return is dropped: it is half a line end, and alone it
 * would overwrite the line.
 */
export function cleanForTerminal(text: string): string {
  return escapeControls(text.replaceAll('\r', ''), { keep: '\t\n' });
}
