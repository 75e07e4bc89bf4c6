import type { RepairEvent, ToolDefinition } from '@openclaw/provider';
import { coerceToSchema } from './coerce-to-schema.ts';
import { createSchemaCheck } from './check-schema.ts';
import type { SchemaCheck } from './check-schema.ts';
import { findJsonBreak } from './incomplete-json.ts';
import { isJsonObject, MAX_REPAIRED_JSON_LENGTH, parseJson, parseRepairedJson } from './json.ts';
import { hasProperties } from './schema-types.ts';
import { undoSpoiledArguments } from './spoiled-arguments.ts';

/** The repaired arguments of a call, the repairs, and the remaining problem. */
export interface ArgumentsRepair {
  readonly argumentsText: string;
  readonly repairs: readonly RepairEvent[];
  /** Why the arguments do not match the schema of the tool. */
  readonly problem?: string;
  /** Whether they break off within a value, so that a part of it is missing. */
  readonly breaksOff?: boolean;
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
 * lossless. Valid arguments are returned unchanged. Arguments that cannot be repaired are, too, with a `problem`. A value
 * that breaks off is never completed.
 */
export function repairArguments(
  argumentsText: string,
  { tool, check = createSchemaCheck(tool?.parameters) }: RepairArgumentsOptions = {},
): ArgumentsRepair {
  const name = tool ? ` of ${tool.name}` : '';
  const unchanged = (problem: string, more: Partial<ArgumentsRepair> = {}): ArgumentsRepair => ({
    argumentsText,
    repairs: [],
    problem,
    ...more,
  });
  const { value, detail } = readArguments(argumentsText, tool);
  if (value === undefined) {
    if (findJsonBreak(argumentsText) === 'within-value')
      return unchanged(`The arguments${name} break off within a value.`, { breaksOff: true });
    return unchanged(
      argumentsText.length > MAX_REPAIRED_JSON_LENGTH
        ? `The arguments${name} are no JSON, and too long to be repaired (${argumentsText.length} characters).`
        : `The arguments${name} are no JSON and could not be repaired.`,
    );
  }
  const isEmpty = detail === NO_ARGUMENTS;
  if (isEmpty && check(value) !== undefined) return unchanged(`There are no arguments${name}: ${check(value)}`);
  const text = detail === undefined ? argumentsText : JSON.stringify(value);
  const repairs: readonly RepairEvent[] =
    detail === undefined ? [] : [{ type: 'repair', repair: 'arguments-json', detail: detail(name) }];
  return coerceArguments({ value, text, repairs }, { tool, check, name });
}

/** Arguments that are JSON. */
interface ReadArguments {
  readonly value: unknown;
  readonly text: string;
  readonly repairs: readonly RepairEvent[];
}

/** Converts values of the wrong type: all of them, or each for which that is possible. */
function coerceArguments(
  { value, text, repairs }: ReadArguments,
  {
    tool,
    check,
    name,
  }: { readonly tool: ToolDefinition | undefined; readonly check: SchemaCheck; readonly name: string },
): ArgumentsRepair {
  const mismatch = isJsonObject(value) ? check(value) : 'they are not an object.';
  if (mismatch === undefined) return { argumentsText: text, repairs };
  const coerced = holdsLargeNumber(text) ? value : coerceToSchema(value, { type: 'object', ...tool?.parameters });
  const partly =
    isJsonObject(value) && isJsonObject(coerced) ? fieldsThatFit(value, { coerced, tool, check }) : coerced;
  if (partly === value || !isJsonObject(partly)) {
    return { argumentsText: text, repairs, problem: `The arguments${name} do not fit the tool's schema: ${mismatch}` };
  }
  const detail = `Values in the arguments${name} had another type than the schema's: ${mismatch}`;
  const rest = check(partly);
  return {
    argumentsText: JSON.stringify(partly),
    repairs: [...repairs, { type: 'repair', repair: 'arguments-types', detail }],
    ...(rest !== undefined && { problem: `The arguments${name} do not fit the tool's schema: ${rest}` }),
  };
}

/** The coerced arguments, but for those fields that still do not fit: they stay as they are. */
function fieldsThatFit(
  value: Readonly<Record<string, unknown>>,
  {
    coerced,
    tool,
    check,
  }: {
    readonly coerced: Readonly<Record<string, unknown>>;
    readonly tool: ToolDefinition | undefined;
    readonly check: SchemaCheck;
  },
): Readonly<Record<string, unknown>> {
  if (coerced === value || check(coerced) === undefined) return coerced;
  const checkField = createSchemaCheck({ ...tool?.parameters, required: [] });
  const fields = Object.entries(coerced).map(([key, field]): [string, unknown] => {
    const fits = field !== value[key] && checkField({ [key]: field }) === undefined;
    return [key, fits ? field : value[key]];
  });
  return fields.some(([key, field]) => field !== value[key]) ? Object.fromEntries(fields) : value;
}

type Detail = (name: string) => string;

const NO_ARGUMENTS: Detail = (name) => `No arguments${name} were given; they became {}.`;
const BROKEN: Detail = (name) => `The arguments${name} were broken JSON.`;
const SPOILED: Detail = (name) => `The arguments${name} were spoiled by the server.`;
const WRAPPED: Detail = (name) => `The arguments${name} were wrapped in \`properties\`.`;

/** The value of arguments, and how it was found if they are not its JSON. */
function readArguments(
  text: string,
  tool: ToolDefinition | undefined,
): { readonly value: unknown; readonly detail?: Detail | undefined } {
  const value = parseJson(text);
  if (value === null || text.trim() === '') return { value: {}, detail: NO_ARGUMENTS };
  if (value !== undefined) return unwrapProperties(value, tool);
  const spoiled = undoSpoiledArguments(text, tool);
  if (spoiled !== undefined) return { value: parseJson(spoiled), detail: SPOILED };
  const repaired = findJsonBreak(text) === 'within-value' ? undefined : parseRepairedJson(text);
  return { value: isJsonObject(repaired) ? repaired : undefined, detail: BROKEN };
}

/** `{"properties": {…}}`: some models repeat the shape of the schema. */
function unwrapProperties(value: unknown, tool: ToolDefinition | undefined): ReturnType<typeof readArguments> {
  const inner = isJsonObject(value) && Object.keys(value).length === 1 ? value['properties'] : undefined;
  const isWrapped =
    isJsonObject(inner) &&
    !hasProperties(tool?.parameters, ['properties']) &&
    Object.keys(inner).length > 0 &&
    hasProperties(tool?.parameters, Object.keys(inner));
  return isWrapped ? { value: inner, detail: WRAPPED } : { value };
}

/** Numbers with more digits than a double would change when they are serialised again. */
function holdsLargeNumber(text: string): boolean {
  return /\d{16}/.test(text);
}
