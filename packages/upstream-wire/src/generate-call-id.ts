/** An id for a tool call to which its server gave none, in the form that OpenAI's have. */
export function generateCallId(): string {
  return `call_${crypto.randomUUID().replaceAll('-', '').slice(0, 24)}`;
}
