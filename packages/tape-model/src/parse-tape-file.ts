import type { TapeModelOptions } from './create-tape-model.ts';
import type { TapeBehavior } from './model-settings.ts';
import { TapeModelError } from './tape-model-error.ts';
import type { TapeScript } from './tape-script.ts';

/** A file of scripts: the options of `createTapeModel`, and the models to make of it. */
export interface TapeFile extends TapeModelOptions {
  readonly scripts: Readonly<Record<string, TapeScript>>;
  /** @default one model `tape` with tools and thinking */
  readonly models: Readonly<Record<string, TapeBehavior>>;
}

/** Parses a file of scripts. Throws a `TapeModelError` that names what is wrong. */
export function parseTapeFile(text: string): TapeFile {
  const file = parseObject(parseJson(text), 'The file');
  const scripts = Object.fromEntries(
    Object.entries(parseObject(file['scripts'], '`scripts`')).map(([name, script]) => [
      name,
      parseScript(script, name),
    ]),
  );
  const models = file['models'] ?? { tape: { tools: true, thinking: true } };
  return {
    scripts,
    models: Object.fromEntries(
      Object.entries(parseObject(models, '`models`')).map(([name, behavior]) => [name, parseBehavior(behavior, name)]),
    ),
    ...optional(file, 'defaultScript', 'string'),
    ...optional(file, 'afterTool', 'string'),
    ...optional(file, 'contextLength', 'number'),
    ...optional(file, 'embedding', 'boolean'),
    ...optional(file, 'name', 'string'),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TapeModelError(`The file is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function parseScript(script: unknown, name: string): TapeScript {
  if (typeof script === 'string') return script;
  const { thinking, text, pieces, loop } = parseObject(script, `The script "${name}"`);
  if (typeof thinking === 'string' && typeof text === 'string') return { thinking, text };
  if (Array.isArray(pieces) && pieces.every((piece) => typeof piece === 'string'))
    return { pieces, loop: loop === true };
  throw new TapeModelError(
    `The script "${name}" must be a text, or have "thinking" and "text", or a list of texts as "pieces".`,
  );
}

function parseBehavior(behavior: unknown, name: string): TapeBehavior {
  const place = `The model "${name}"`;
  const { parameters = {}, ...rest } = parseObject(behavior, place);
  const values = Object.entries(parseObject(parameters, `${place}: "parameters"`)).map(([key, value]) => {
    if (typeof value === 'number' || typeof value === 'string') return [key, value] as const;
    throw new TapeModelError(`${place}: the parameter "${key}" must be a number or a text.`);
  });
  return {
    ...optional(rest, 'tools', 'boolean'),
    ...optional(rest, 'thinking', 'boolean'),
    ...optional(rest, 'parser', 'string'),
    ...optional(rest, 'system', 'string'),
    ...optional(rest, 'license', 'string'),
    parameters: Object.fromEntries(values),
  };
}

interface Types {
  readonly string: string;
  readonly number: number;
  readonly boolean: boolean;
}

function optional<Key extends string, Type extends keyof Types>(
  object: Readonly<Record<string, unknown>>,
  key: Key,
  type: Type,
): Partial<Record<Key, Types[Type]>>;
function optional(object: Readonly<Record<string, unknown>>, key: string, type: string): Record<string, unknown> {
  const value = object[key];
  if (value === undefined) return {};
  if (typeof value === type) return { [key]: value };
  throw new TapeModelError(`"${key}" must be a ${type}, and is ${JSON.stringify(value)}.`);
}

function parseObject(value: unknown, place: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new TapeModelError(`${place} must be an object.`);
}
