import { basename, resolve } from 'node:path';
import type { CollectedMessage, JsonObject, JsonValue, ResponseFormat } from '@openclaw/provider';
import { CliError } from './cli-error.ts';
import { readNamedFile } from './read-named-file.ts';

const MAX_SCHEMA_BYTES = 2 ** 20;

/**
 * Reads a JSON Schema for `--schema`.
 * @throws {CliError} `failed` if the file cannot be read or is not a schema
 */
export async function readSchema(path: string, { cwd }: { readonly cwd: string }): Promise<ResponseFormat> {
  const text = (await readNamedFile(resolve(cwd, path), { what: 'The schema', maxBytes: MAX_SCHEMA_BYTES })).toString();
  const schema = parseSchema(text, path);
  // Servers accept only these characters in a name.
  const name = basename(path, '.json')
    .replaceAll(/[^\w-]/g, '_')
    .slice(0, 64);
  return { type: 'json-schema', name: name === '' ? 'answer' : name, schema };
}

/**
 * The value of a structured answer.
 * @throws {CliError} `failed` if the answer is not JSON, such as one that was cut off
 */
export function parseStructured({ text, model, finishReason }: CollectedMessage): JsonValue {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = finishReason === 'length' ? 'was cut off at the token limit' : 'is not JSON';
    throw new CliError('failed', `The answer of ${model} ${reason}.`, {
      fields: { code: 'invalid-answer', text },
      cause,
    });
  }
}

function parseSchema(text: string, path: string): JsonObject {
  let value: JsonValue;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError('failed', `The schema ${path} is not JSON: ${reason}.`, { cause });
  }
  if (isJsonObject(value)) return value;
  throw new CliError('failed', `The schema ${path} is not a JSON Schema: it must be an object.`);
}

function isJsonObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
