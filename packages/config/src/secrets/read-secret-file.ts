import { isJsonObject, ownProperty, type JsonValue } from '../json-value.ts';
import { readRegularFile } from '../read-regular-file.ts';
import type { SecretProvider } from '../schema/secrets-schema.ts';
import { checkSecretPath, SecretError } from './check-secret-path.ts';
import type { SecretResult } from './secret-reference.ts';

const DEFAULT_MAX_BYTES = 1024 * 1024;

/** The bits of group and others. */
const OTHERS = 0o077;

/**
 * Reads secrets from a file: the file itself (`singleValue`), or places in its JSON.
 * @throws {SecretError} if the file cannot be used
 */
export async function readSecretFile(
  { path = '', mode = 'json', maxBytes = DEFAULT_MAX_BYTES, allowInsecurePath = false }: SecretProvider,
  { ids, home }: { ids: readonly string[]; home: string },
): Promise<readonly SecretResult[]> {
  if (path === '') throw new SecretError('has no `path`');
  const file = await checkSecretPath(path.replace(/^~(?=\/|\\|$)/, home), {
    forbiddenMode: OTHERS,
    allowInsecurePath,
    allowSymlink: true,
    trustedDirs: [],
  });
  const reading = await readRegularFile(file, { maxBytes });
  if (reading.type !== 'text')
    throw new SecretError(`cannot read ${file}: ${reading.type === 'missing' ? 'there is no such file' : reading.why}`);
  const text = reading.text.replace(/^\uFEFF/, '');
  if (mode === 'singleValue') return ids.map((id) => singleValue(id, text));
  const value = parse(text, file);
  return ids.map((id) => atPointer(id, value));
}

function singleValue(id: string, text: string): SecretResult {
  if (id !== 'value') return { problem: 'the file is a single value, so the `id` must be "value"' };
  return text.trim() === '' ? { problem: 'the file is empty' } : { value: text.replace(/\r?\n$/, '') };
}

function parse(text: string, file: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch {
    // The error of the parser would quote the text.
    throw new SecretError(`${file} is not JSON`);
  }
}

/** The text at a JSON pointer (RFC 6901). */
function atPointer(id: string, root: JsonValue): SecretResult {
  if (!id.startsWith('/')) return { problem: 'the `id` must be a JSON pointer such as "/openai/apiKey"' };
  const keys = id
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  let value: JsonValue | undefined = root;
  for (const key of keys) value = stepInto(value, key);
  if (value === undefined) return { problem: `the file has nothing at ${id}` };
  return typeof value === 'string' && value !== '' ? { value } : { problem: `the file has no text at ${id}` };
}

function stepInto(value: JsonValue | undefined, key: string): JsonValue | undefined {
  if (Array.isArray(value)) return /^(?:0|[1-9]\d*)$/.test(key) ? value[Number(key)] : undefined;
  return isJsonObject(value) ? ownProperty(value, key) : undefined;
}
