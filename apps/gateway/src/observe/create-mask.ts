/**
 * Masks what `logging.redactPatterns` match. The gateway itself never logs a secret; this is for what clients name things.
 * A text that is no regular expression is left out and becomes a problem.
 */
export function createMask(patterns: readonly string[] = []): {
  readonly mask: (line: string) => string;
  readonly problems: readonly string[];
} {
  const expressions: RegExp[] = [];
  const problems: string[] = [];
  for (const pattern of patterns) {
    try {
      expressions.push(new RegExp(pattern, 'g'));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      problems.push(error.message);
    }
  }
  const mask = (line: string) => expressions.reduce((text, expression) => text.replaceAll(expression, '***'), line);
  return { mask: expressions.length === 0 ? (line) => line : mask, problems };
}
