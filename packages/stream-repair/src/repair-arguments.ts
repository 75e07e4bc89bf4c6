import type { RepairEvent, ToolDefinition } from '@openclaw/provider';
import { coerceToSchema } from './coerce-to-schema.ts';
import { createSchemaCheck } from './check-schema.ts';
import type { SchemaCheck } from './check-schema.ts';
import { isJsonObject, LONGEST_REPAIRED_JSON, parseJson, parseRepairedJson } from './json.ts';

/** The arguments of a call as they should have been, what was done for it, and what is still wrong. */
export interface ArgumentsRepair {
  readonly argumentsText: string;
  readonly repairs: readonly RepairEvent[];
  /** Why the arguments are not what the tool's schema asks for. */
  readonly problem?: string;
}

/** What arguments are checked against. */
export interface RepairArgumentsOptions {
  /** The tool that is called; without it only the JSON is repaired. */
  readonly tool?: ToolDefinition | undefined;
  /** Checks against the tool's schema. Give one to use it for several calls. */
  readonly check?: SchemaCheck | undefined;
}

/**
 * Repairs the arguments of one call: JSON with mistakes becomes JSON, and values of the wrong type become the right one
 * where nothing is lost by it. What needs no repair comes back as it is; what cannot be repaired too, with a `problem`.
 */
export function repairArguments(
  argumentsText: string,
  { tool, check = createSchemaCheck(tool?.parameters) }: RepairArgumentsOptions = {},
): ArgumentsRepair {
  const name = tool ? ` of ${tool.name}` : '';
  const repairs: RepairEvent[] = [];
  const asItIs = (problem: string): ArgumentsRepair => ({ argumentsText, repairs: [], problem });
  let text = argumentsText;
  let value = parseJson(text);
  if (value === undefined || value === null) {
    const isEmpty = value === null || text.trim() === '';
    value = isEmpty ? {} : parseRepairedJson(text);
    if (!isJsonObject(value)) {
      return asItIs(
        text.length > LONGEST_REPAIRED_JSON
          ? `The arguments${name} are no JSON, and too long to be repaired (${text.length} characters).`
          : `The arguments${name} are no JSON and could not be repaired.`,
      );
    }
    if (isEmpty && check(value) !== undefined) return asItIs(`There are no arguments${name}: ${check(value)}`);
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

/** Numbers with more digits than a double holds would change when they are written again. */
function holdsLargeNumber(text: string): boolean {
  return /\d{16}/.test(text);
}
