/** `openclaw:<agent>` is the older way to write `openclaw/<agent>`. */
export function currentModelName(model: string): string {
  return model.replace(/^openclaw:/i, 'openclaw/');
}
