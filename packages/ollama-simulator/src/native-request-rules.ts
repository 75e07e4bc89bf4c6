import { isJsonObject, type JsonObject } from './json-value.ts';
import { type GoField, goTypeOf, parseBody } from './parse-body.ts';
import type { Release } from './release.ts';
import { RequestFailure } from './request-failure.ts';

/** Go's names of the JSON types that fields of native requests have. */
export const GO_FIELDS = {
  string: { type: 'string', goType: 'string' },
  bool: { type: 'bool', goType: 'bool' },
  int: { type: 'number', goType: 'int' },
  options: { type: 'object', goType: 'map[string]interface {}' },
} as const satisfies Record<string, GoField>;

/**
 * Reads the body of a request for text, with the fields that all native endpoints share.
 * @throws RequestFailure 400 with Go's message
 */
export function parseNativeBody(
  rawBody: string,
  { struct, fields, release }: { struct: string; fields: Readonly<Record<string, GoField>>; release: Release },
): JsonObject {
  const { string, bool, int, options } = GO_FIELDS;
  const body = parseBody(rawBody, {
    emptyMessage: 'missing request body',
    struct,
    foundBy: 'handler',
    fields: {
      model: string,
      stream: bool,
      options,
      ...(release.has('can-refuse-long-prompts') ? { truncate: bool, shift: bool } : {}),
      ...(release.has('reports-logprobs') ? { logprobs: bool, top_logprobs: int } : {}),
      ...fields,
    },
  });
  const { top_logprobs: count } = body;
  if (release.has('reports-logprobs') && typeof count === 'number' && (count < 0 || count > 20)) {
    throw new RequestFailure(400, 'top_logprobs must be between 0 and 20');
  }
  return body;
}

/** What is wrong with a `format`, if anything. */
export function formatFailureOf(format: unknown): string | undefined {
  if (format === undefined || format === null || format === '' || format === 'json' || isJsonObject(format))
    return undefined;
  const shown = JSON.stringify(JSON.stringify(format));
  return `invalid format: ${shown}; expected "json" or a valid JSON Schema object`;
}

/** Rejects images that are not base64 alone, without `data:`. */
export function checkImages(images: unknown, { field }: { field: string }): void {
  for (const image of Array.isArray(images) ? images : []) {
    if (typeof image !== 'string') return refuseField(image, { field, goType: 'api.ImageData' });
    const valid = /^[A-Za-z0-9+/]*/.exec(image)?.[0].length ?? 0;
    if (!/^=*$/.test(image.slice(valid)) || image.length % 4 !== 0) {
      throw new RequestFailure(400, `illegal base64 data at input byte ${valid}`);
    }
  }
}

/** Rejects a field of a wrong type. `field` starts with the name of Go's struct. */
export function refuseField(value: unknown, { field, goType }: { field: string; goType: string }): never {
  throw new RequestFailure(
    400,
    `json: cannot unmarshal ${goTypeOf(value)} into Go struct field ${field} of type ${goType}`,
  );
}

/** Whether a request has tools. */
export function hasTools(body: JsonObject): boolean {
  return Array.isArray(body['tools']) && body['tools'].some(isJsonObject);
}
