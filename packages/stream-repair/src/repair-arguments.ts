import type { RepairEvent, ToolDefinition } from '@openclaw/provider';
import { coerceToSchema } from './coerce-to-schema.ts';
import { createSchemaCheck } from './check-schema.ts';
import type { SchemaCheck } from './check-schema.ts';
import { isJsonObject, MAX_REPAIRED_JSON_LENGTH, parseJson, parseRepairedJson } from './json.ts';

/** The repaired arguments of a call, the repairs, and the remaining problem. */
export interface ArgumentsRepair {
  readonly argumentsText: string;
  readonly repairs: readonly RepairEvent[];
  /** Why the arguments do not match the schema of the tool. */
  readonly problem?: string;
}

/** Options of `repairArguments`. */
export interface RepairArgumentsOptions {
  /** The called tool. Without it only the JSON is repaired. */
  readonly tool?: ToolDefinition | undefined;
  /** A check against the schema of the tool, to reuse it for several calls. */
  readonly check?: SchemaCheck | undefined;
}

/**
 * Repairs the arguments of one call: broken JSON becomes JSON, and values of the wrong type are converted where that is
 * lossless. Valid arguments are returned unchanged. Arguments that cannot be repaired are, too, with a `problem`.
 */
export function repairArguments(
  argumentsText: string,
  { tool, check = createSchemaCheck(tool?.parameters) }: RepairArgumentsOptions = {},
): ArgumentsRepair {
  const name = tool ? ` of ${tool.name}` : '';
  const repairs: RepairEvent[] = [];
  const unchanged = (problem: string): ArgumentsRepair => ({ argumentsText, repairs: [], problem });
  let text = argumentsText;
  let value = parseJson(text);
  if (value === undefined || value === null) {
    const isEmpty = value === null || text.trim() === '';
    value = isEmpty ? {} : parseRepairedJson(text);
    if (!isJsonObject(value)) {
      return unchanged(
        text.length > MAX_REPAIRED_JSON_LENGTH
          ? `The arguments${name} are no JSON, and too long to be repaired (${text.length} characters).`
          : `The arguments${name} are no JSON and could not be repaired.`,
      );
    }
    if (isEmpty && check(value) !== undefined) return unchanged(`There are no arguments${name}: ${check(value)}`);
    text = JSON.stringify(value);
    const detail = isEmpty
      ? `No arguments${name} were given; they became {}.`
      : `The arguments${name} were broken JSON.`;
    repairs.push({ type: 'repair', repair: 'arguments-json', detail });
  }
  const mismatch = isJsonObject(value) ? check(value) : 'they are not an object.';
  if (mismatch === undefined) return { argumentsText: text, repairs };
  const coerced = holdsLargeNumber(text) ? value : coerceToSchema(value, { type: 'object', ...tool?.parameters });
  if (coerced !== value && isJsonObject(coerced) && check(coerced) === undefined) {
    const detail = `Values in the arguments${name} had another type than the schema's: ${mismatch}`;
    repairs.push({ type: 'repair', repair: 'arguments-types', detail });
    return { argumentsText: JSON.stringify(coerced), repairs };
  }
  return { argumentsText: text, repairs, problem: `The arguments${name} do not fit the tool's schema: ${mismatch}` };
}

/** Numbers with more digits than a double would change when they are serialised again. */
function holdsLargeNumber(text: string): boolean {
  return /\d{16}/.test(text);
}
