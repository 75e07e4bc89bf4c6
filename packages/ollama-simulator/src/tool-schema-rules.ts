import { isJsonObject, isTexts } from './json-value.ts';
import { goTypeOf } from './parse-body.ts';
import type { Release } from './release.ts';
import { RequestFailure } from './request-failure.ts';

/** How a refusal is worded: the release, and the layer that decodes the request. */
interface ToolSchemaOptions {
  release: Release;
  foundBy: RequestFailure['foundBy'];
}

/**
 * Rejects tools whose schema does not fit the Go types that the release decodes it into. Keywords without a place in
 * them are ignored, as by Ollama.
 * @throws RequestFailure 400 for the whole request
 */
export function checkTools(tools: unknown, options: ToolSchemaOptions): void {
  for (const tool of Array.isArray(tools) ? tools : []) {
    const described = isJsonObject(tool) ? tool['function'] : undefined;
    if (isJsonObject(described)) checkParameters(described['parameters'], options);
  }
}

/** The Go type of the parameters before it had a name. */
const UNNAMED_PARAMETERS =
  'struct { Type string "json:\\"type\\""; Required []string "json:\\"required\\""; Properties map[string]struct { Type string "json:\\"type\\""; Description string "json:\\"description\\""; Enum []string "json:\\"enum,omitempty\\"" } "json:\\"properties\\"" }';

function checkParameters(parameters: unknown, options: ToolSchemaOptions): void {
  const { release } = options;
  const named = release.has('reads-lists-of-types');
  const field = (name: string): string => `${named ? 'ToolFunctionParameters' : ''}.tools.function.parameters.${name}`;
  if (parameters === undefined || parameters === null) return;
  if (!isJsonObject(parameters)) {
    return refuse(parameters, {
      ...options,
      field: 'ToolFunction.tools.function.parameters',
      goType: named ? 'api.ToolFunctionParameters' : UNNAMED_PARAMETERS,
    });
  }
  const { type, required, properties } = parameters;
  if (!isOptional(type, isText)) refuse(type, { ...options, field: field('type'), goType: 'string' });
  if (!isOptional(required, isTexts)) {
    const [value, goType] = Array.isArray(required)
      ? [required.find((name) => typeof name !== 'string'), 'string']
      : [required, '[]string'];
    refuse(value, { ...options, field: field('required'), goType });
  }
  if (!isOptional(properties, isJsonObject)) {
    if (release.has('keeps-argument-order') && Array.isArray(properties)) refuseUnclosedObject(options);
    refuse(properties, { ...options, field: field('properties'), goType: 'map[string]api.ToolProperty' });
  }
  checkProperties(properties, options);
}

function checkProperties(properties: unknown, options: ToolSchemaOptions): void {
  if (!isJsonObject(properties)) return;
  for (const property of Object.values(properties)) checkProperty(property, options);
}

function checkProperty(property: unknown, options: ToolSchemaOptions): void {
  const { release } = options;
  const path = 'tools.function.parameters.properties';
  if (property === null) return;
  if (!isJsonObject(property))
    return refuse(property, { ...options, field: `ToolFunctionParameters.${path}`, goType: 'api.ToolProperty' });
  const { type, description, enum: choices, anyOf, properties } = property;
  const listsTypes = release.has('reads-lists-of-types');
  if (!isOptional(type, (value) => isText(value) || (listsTypes && isTexts(value)))) {
    refuse(type, { ...options, field: `.${path}.type`, goType: listsTypes ? 'api.PropertyType' : 'string' });
  }
  if (!isOptional(description, isText)) {
    refuse(description, { ...options, field: `ToolProperty.${path}.description`, goType: 'string' });
  }
  if (!isOptional(choices, (value) => (listsTypes ? Array.isArray(value) : isTexts(value)))) {
    const value = Array.isArray(choices) ? choices.find((choice) => typeof choice !== 'string') : choices;
    refuse(value, { ...options, field: `.${path}.enum`, goType: listsTypes ? '[]interface {}' : 'string' });
  }
  if (release.has('reads-any-of') && Array.isArray(anyOf)) for (const choice of anyOf) checkProperty(choice, options);
  if (release.has('reads-nested-properties')) checkProperties(properties, options);
}

function isOptional(value: unknown, fits: (value: unknown) => boolean): boolean {
  return value === undefined || value === null || fits(value);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function refuseUnclosedObject({ foundBy }: ToolSchemaOptions): never {
  throw new RequestFailure(400, `Value looks like object, but can't find closing '}' symbol`, { foundBy });
}

function refuse(
  value: unknown,
  { foundBy, field, goType }: ToolSchemaOptions & { field: string; goType: string },
): never {
  const message = `json: cannot unmarshal ${goTypeOf(value)} into Go struct field ${field} of type ${goType}`;
  throw new RequestFailure(400, message, { foundBy });
}
