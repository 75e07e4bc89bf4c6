import { escapeControls } from '@openclaw/runtime/escape-controls';

/** Escapes untrusted text for a terminal. Carriage returns are dropped, because one alone would overwrite the line. */
export function cleanForTerminal(text: string): string {
  return escapeControls(text.replaceAll('\r', ''), { keep: '\t\n' });
}
