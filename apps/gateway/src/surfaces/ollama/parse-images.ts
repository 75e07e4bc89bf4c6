import { invalidField, isAbsent, readArray, readString } from '@openclaw/openai-wire';
import type { ImagePart, JsonValue } from '@openclaw/provider';

/**
 * The images of a message: base64 without a name of their kind, which their first bytes tell.
 * @throws {ProviderError} `invalid-request`
 */
export function parseImages(value: JsonValue | undefined, param: string): readonly ImagePart[] {
  if (isAbsent(value)) return [];
  return readArray(value, param).map((item, index) => parseImage(item, `${param}[${index}]`));
}

function parseImage(value: JsonValue, param: string): ImagePart {
  const text = readString(value, param);
  if (/^data:image\//i.test(text)) return { type: 'image', url: text };
  const data = text.replaceAll(/\s+/g, '');
  if (data === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(data)) throw invalidField(param, 'an image in base64', text);
  const [, kind] = KINDS.find(([start]) => data.startsWith(start)) ?? ['', 'png'];
  return { type: 'image', url: `data:image/${kind};base64,${data}` };
}

/** How the first bytes of each kind look in base64. */
const KINDS: readonly (readonly [string, string])[] = [
  ['iVBORw0KGgo', 'png'],
  ['/9j/', 'jpeg'],
  ['UklGR', 'webp'],
  ['R0lGOD', 'gif'],
];
