import type { JsonObject, JsonValue, ToolDefinition } from '@openclaw/provider';

export interface AdaptedTools {
  readonly tools: readonly ToolDefinition[];
  /** The places that were rewritten: `get_weather: parameters.properties.city`. */
  readonly changes: readonly string[];
}

export interface AdaptToolSchemasOptions {
  /**
   * Whether one type and text are wanted where releases since 0.7 take a list of types and any value: `type: ["string", "null"]`,
   * `enum: [1, 2]`. This loses the other types, so it is for servers that refused the request. @default false
   */
  readonly narrow?: boolean;
}

/**
 * Rewrites tool schemas that Ollama refuses to equal ones that it accepts. Ollama decodes the keywords `type`, `required`,
 * `properties`, `description`, `enum` and `anyOf` into fixed types, and refuses the whole request when one of them has
 * another form: `required: "city"`, a property `true`, `properties: []`. All other keywords may have any form. Tools and schemas without such a place are
 * returned as they are.
 */
export function adaptToolSchemas(
  tools: readonly ToolDefinition[],
  { narrow = false }: AdaptToolSchemasOptions = {},
): AdaptedTools {
  const changes: string[] = [];
  const adapted = tools.map((tool) => {
    if (tool.parameters === undefined) return tool;
    const place = { path: `${tool.name}: parameters`, narrow, changes };
    const parameters = adaptKeywords(tool.parameters, { ...place, keywords: PARAMETERS });
    return parameters === tool.parameters ? tool : { ...tool, parameters };
  });
  return changes.length === 0 ? { tools, changes } : { tools: adapted, changes };
}

interface Place {
  readonly path: string;
  readonly narrow: boolean;
  /** Collects the places that are rewritten. */
  readonly changes: string[];
}

/** Rewrites the value of a keyword; `undefined` removes it. A value that is accepted is returned as it is. */
type Keyword = (value: JsonValue, place: Place) => JsonValue | undefined;

/** The keywords of a schema of parameters, which is always that of an object. */
const PARAMETERS: Readonly<Record<string, Keyword>> = {
  type: (value, place) => (typeof value === 'string' ? value : replaced(place, 'object')),
  required: (value, place) =>
    isStringArray(value)
      ? value
      : replaced(
          place,
          toArray(value).filter((each) => typeof each === 'string'),
        ),
  properties: adaptProperties,
};

/** The keywords of a property, at any depth. */
const PROPERTY: Readonly<Record<string, Keyword>> = {
  type: adaptType,
  description: (value, place) => (typeof value === 'string' ? value : replaced(place, JSON.stringify(value))),
  enum: adaptEnum,
  anyOf: adaptAlternatives,
  properties: adaptProperties,
};

function adaptKeywords(
  schema: JsonObject,
  { keywords, ...place }: Place & { readonly keywords: Readonly<Record<string, Keyword>> },
): JsonObject {
  const changed: JsonObject[] = [];
  for (const [key, value] of Object.entries(schema)) {
    const keyword = Object.hasOwn(keywords, key) ? keywords[key] : undefined;
    // Ollama takes `null` as absent.
    if (keyword === undefined || value === undefined || value === null) continue;
    const adapted = keyword(value, { ...place, path: `${place.path}.${key}` });
    if (adapted !== value) changed.push({ [key]: adapted });
  }
  return changed.length === 0 ? schema : Object.assign({}, schema, ...changed);
}

/** A schema may be `true`, which allows anything, or `false`, which allows nothing: that is `undefined`. */
function adaptSchema(schema: JsonValue, place: Place): JsonValue | undefined {
  if (isObject(schema)) return adaptKeywords(schema, { ...place, keywords: PROPERTY });
  if (schema === null) return schema;
  return replaced(place, schema === false ? undefined : {});
}

function adaptProperties(value: JsonValue, place: Place): JsonValue {
  if (!isObject(value)) return replaced(place, {});
  const { length } = place.changes;
  const entries = Object.entries(value).map(([name, schema = null]) => [
    name,
    adaptSchema(schema, { ...place, path: `${place.path}.${name}` }),
  ]);
  return place.changes.length === length ? value : Object.fromEntries(entries);
}

function adaptAlternatives(value: JsonValue, place: Place): JsonValue | undefined {
  if (!isArray(value)) return replaced(place, undefined);
  const { length } = place.changes;
  const schemas = value.flatMap(
    (schema, index) => adaptSchema(schema, { ...place, path: `${place.path}[${index}]` }) ?? [],
  );
  return place.changes.length === length ? value : schemas;
}

function adaptType(value: JsonValue, place: Place): JsonValue | undefined {
  if (typeof value === 'string') return value;
  if (isStringArray(value) && !place.narrow) return value;
  const types = toArray(value).filter((each) => typeof each === 'string');
  return replaced(place, place.narrow ? (types.find((type) => type !== 'null') ?? types[0]) : types);
}

function adaptEnum(value: JsonValue, place: Place): JsonValue {
  const values = toArray(value);
  if (place.narrow && !isStringArray(values))
    return replaced(
      place,
      values.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))),
    );
  return isArray(value) ? value : replaced(place, values);
}

function replaced<T>(place: Place, value: T): T {
  place.changes.push(place.path);
  return value;
}

function toArray(value: JsonValue): readonly JsonValue[] {
  return isArray(value) ? value : [value];
}

function isStringArray(value: JsonValue): value is readonly string[] {
  return isArray(value) && value.every((each) => typeof each === 'string');
}

function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !isArray(value);
}
