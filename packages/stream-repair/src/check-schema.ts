import { Validator } from '@cfworker/json-schema';
import { isJsonObject } from './json.ts';

/** Describes what is wrong with a value; `undefined` if it is valid, or if it could not be checked. */
export type SchemaCheck = (value: unknown) => string | undefined;

/**
 * How many subschemas one check may visit. Real checks visit some hundreds. A schema that refers to itself from several
 * branches would take practically forever.
 */
const MAX_VISITS = 100_000;

/**
 * Not checked: untrusted regular expressions, whose matching can take exponential time, and keywords with quadratic
 * cost. `format` is an annotation since draft 2019-09.
 */
const UNCHECKED: ReadonlySet<string> = new Set(['pattern', 'patternProperties', 'format', 'uniqueItems']);
/** These would reject what `patternProperties` allows. */
const UNCHECKED_BESIDE_PATTERNS: ReadonlySet<string> = new Set(['additionalProperties', 'unevaluatedProperties']);
const MAPS_OF_SCHEMAS: ReadonlySet<string> = new Set(['properties', '$defs', 'definitions', 'dependentSchemas']);
const DATA: ReadonlySet<string> = new Set(['enum', 'const', 'default', 'examples', 'required', 'type']);

/** Thrown when a check visits too many subschemas. */
class VisitsExceeded extends Error {
  override readonly name = 'VisitsExceeded';
}

/**
 * Prepares a JSON Schema (drafts 4 to 2020-12) for checking. A schema with an unresolved
 * reference or endless recursion accepts every value: it is the caller's mistake and not the model's.
 */
export function createSchemaCheck(schema: unknown): SchemaCheck {
  if (!isJsonObject(schema)) return () => undefined;
  const budget = { visits: 0 };
  let validator: Validator | undefined;
  return (value) => {
    budget.visits = MAX_VISITS;
    try {
      validator ??= new Validator(prepare(schema, budget), '2020-12');
      const { valid, errors } = validator.validate(value);
      return valid ? undefined : describe(errors);
    } catch (error) {
      // An unresolved $ref is an Error without a class, endless recursion a RangeError, a wrong keyword a TypeError.
      if (error instanceof Error) return undefined;
      throw error;
    }
  };
}

/** Copies a schema without the unchecked keywords and with a visit counter. The validator writes into its schema. */
function prepare(schema: Readonly<Record<string, unknown>>, budget: { visits: number }): Record<string, unknown> {
  const hasPatterns = 'patternProperties' in schema;
  const entries = Object.entries(schema)
    .filter(([key]) => !UNCHECKED.has(key) && !(hasPatterns && UNCHECKED_BESIDE_PATTERNS.has(key)))
    .map(([key, value]) => [key, prepareValue(key, value, budget)]);
  const copy: Record<string, unknown> = Object.fromEntries(entries);
  // The validator reads this keyword of every schema it visits.
  Object.defineProperty(copy, '$recursiveAnchor', {
    get() {
      budget.visits -= 1;
      if (budget.visits < 0) throw new VisitsExceeded();
      return undefined;
    },
  });
  return copy;
}

function prepareValue(key: string, value: unknown, budget: { visits: number }): unknown {
  if (DATA.has(key)) return value;
  if (Array.isArray(value)) return value.map((entry) => (isJsonObject(entry) ? prepare(entry, budget) : entry));
  if (!isJsonObject(value)) return value;
  if (!MAPS_OF_SCHEMAS.has(key)) return prepare(value, budget);
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, isJsonObject(entry) ? prepare(entry, budget) : entry]),
  );
}

/** The last of the deepest errors: the errors above it only refer to it. */
function describe(errors: readonly { instanceLocation: string; error: string }[]): string {
  const depth = (location: string): number => location.split('/').length;
  const deepest = errors.reduce<(typeof errors)[number] | undefined>(
    (best, error) => (best && depth(best.instanceLocation) > depth(error.instanceLocation) ? best : error),
    undefined,
  );
  if (!deepest) return 'they are not valid.';
  const place = deepest.instanceLocation === '#' ? '' : `at ${deepest.instanceLocation.slice(1)}: `;
  return place + deepest.error;
}
