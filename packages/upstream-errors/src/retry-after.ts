type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * How long the server asks to wait before a retry: `retry-after-ms` (OpenAI, Azure), or `retry-after` in seconds or as
 * a date.
 */
export function readRetryAfterMs(
  headers: Headers,
  { now = Date.now }: { readonly now?: () => number } = {},
): number | undefined {
  const milliseconds = readNumber(first(headers['retry-after-ms']));
  if (milliseconds !== undefined) return milliseconds;
  const header = first(headers['retry-after']);
  const seconds = readNumber(header);
  if (seconds !== undefined) return Math.ceil(seconds * 1000);
  const date = Date.parse(header ?? '');
  return Number.isNaN(date) ? undefined : Math.max(0, date - now());
}

/**
 * The header `retry-after` for a wait: whole seconds, rounded up and at least one. A client that retries a moment too
 * early would fail again.
 */
export function retryAfterSeconds(retryAfterMs: number): number {
  return Math.max(1, Math.ceil(retryAfterMs / 1000));
}

function readNumber(text: string | undefined): number | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const number = Number(text);
  return Number.isFinite(number) && number >= 0 ? number : undefined;
}

function first(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0];
}
