import { goJsonProblem } from './go-json-problem.ts';
import { isJsonObject, type JsonObject } from './json-value.ts';
import { RequestFailure } from './request-failure.ts';

/** Names of JSON types as Go's decoder reports them. */
type GoType = 'string' | 'bool' | 'number' | 'array' | 'object';

/** A field of a request: the JSON type it takes, and the name of its Go type. */
export interface GoField {
  type: GoType;
  goType: string;
}

/**
 * The JSON object of a request body, or the error of Go's decoder.
 */
export function parseBody(
  rawBody: string,
  {
    emptyMessage,
    struct,
    fields = {},
    foundBy,
  }: {
    emptyMessage: string;
    /** The Go type that messages name, such as `ChatCompletionRequest`. */
    struct: string;
    /** Fields whose type is checked, with the name of their Go type. */
    fields?: Readonly<Record<string, GoField>>;
    foundBy: RequestFailure['foundBy'];
  },
): JsonObject {
  const refuse = (message: string): never => {
    throw new RequestFailure(400, message, { foundBy });
  };
  if (rawBody.trim() === '') return refuse(emptyMessage);
  const body = parseJson(rawBody);
  if (!body.valid) return refuse(body.problem);
  if (!isJsonObject(body.value)) {
    return refuse(`json: cannot unmarshal ${goTypeOf(body.value)} into Go value of type ${struct}`);
  }
  for (const [name, { type, goType }] of Object.entries(fields)) {
    const value = body.value[name];
    if (value === undefined || value === null || goTypeOf(value) === type) continue;
    const field = `${struct.split('.').at(-1)}.${name}`;
    refuse(`json: cannot unmarshal ${goTypeOf(value)} into Go struct field ${field} of type ${goType}`);
  }
  return body.value;
}

/** The JSON value of a text, or Go's error message. */
export function parseJson(text: string): { valid: true; value: unknown } | { valid: false; problem: string } {
  try {
    const value: unknown = JSON.parse(text);
    return { valid: true, value };
  } catch {
    return { valid: false, problem: goJsonProblem(text) };
  }
}

/** The name of a value's JSON type as Go's decoder reports it. */
export function goTypeOf(value: unknown): GoType | 'null' {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'string' || typeof value === 'number') return typeof value === 'string' ? 'string' : 'number';
  return typeof value === 'boolean' ? 'bool' : 'object';
}
