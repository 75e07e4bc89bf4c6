/**
 * The path that a client means. Base URLs are written with and without `/v1`, with a slash at the end, or with `/v1` twice,
 * and clients join them to their paths as they are.
 */
export function canonicalPath(path: string): string {
  if (!UNUSUAL.test(path)) return path;
  const single = path.replaceAll(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');
  return single
    .replace(/^(?:\/v1){2,}(?=\/|$)/, '/v1')
    .replace(/^\/v1(?=\/api\/)/, '')
    .replace(WITHOUT_VERSION, '/v1$&');
}

/** First segments of the paths below `/v1`. */
const WITHOUT_VERSION = /^\/(?:chat\/completions|completions|embeddings|messages|models|responses)(?=\/|$)/;

const UNUSUAL = new RegExp(String.raw`//|.\/$|^\/v1\/(?:v1|api)(?:\/|$)|${WITHOUT_VERSION.source}`);
