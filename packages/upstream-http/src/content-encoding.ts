interface Headed {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** The content encoding that a response names; empty when it names none. */
export function encodingOf({ headers }: Headed): string {
  return String(headers['content-encoding'] ?? '').trim();
}

/** Whether a body is compressed, which no request asks for. */
export function isCompressed(head: Headed): boolean {
  const encoding = encodingOf(head);
  return encoding !== '' && encoding.toLowerCase() !== 'identity';
}
