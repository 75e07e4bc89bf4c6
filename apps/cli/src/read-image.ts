import { resolve } from 'node:path';
import type { ContentPart } from '@openclaw/provider';
import { CliError } from './cli-error.ts';
import { readNamedFile } from './read-named-file.ts';

/** The first bytes of the image formats that vision models accept. */
const SIGNATURES: readonly (readonly [string, (bytes: Buffer) => boolean])[] = [
  ['image/png', (bytes) => bytes.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47]))],
  ['image/jpeg', (bytes) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))],
  ['image/gif', (bytes) => bytes.subarray(0, 4).toString('latin1') === 'GIF8'],
  [
    'image/webp',
    (bytes) =>
      bytes.subarray(0, 4).toString('latin1') === 'RIFF' && bytes.subarray(8, 12).toString('latin1') === 'WEBP',
  ],
];

/** Servers reject larger images. */
const MAX_IMAGE_BYTES = 20 * 2 ** 20;

/**
 * Reads an image for a message: a file becomes a `data:` URL, an `http(s):` or `data:` URL is unchanged.
 * @throws {CliError} `failed` if the file cannot be read or is not an image
 */
export async function readImage(source: string, { cwd }: { cwd: string }): Promise<ContentPart> {
  if (/^(https?|data):/i.test(source)) return { type: 'image', url: source };
  const path = resolve(cwd, source);
  const bytes = await readNamedFile(path, { what: 'The image', maxBytes: MAX_IMAGE_BYTES });
  const type = SIGNATURES.find(([, matches]) => matches(bytes))?.[0];
  if (type === undefined) throw new CliError('failed', `${path} is not a PNG, JPEG, GIF or WebP image.`);
  return { type: 'image', url: `data:${type};base64,${bytes.toString('base64')}` };
}
