// Writes docs/configuration.md from the schema. With --check it writes nothing and fails if the page is outdated.
// node --conditions=@openclaw/source scripts/generate-configuration-docs.ts [--check]
import { readFileSync, writeFileSync } from 'node:fs';
import { configJsonSchema, type JsonObject, type JsonValue } from '../packages/config/src/index.ts';

const introduction = `<!-- Generated from packages/config/src/schema by scripts/generate-configuration-docs.ts. Change the schema, not this page. -->

# Configuration

One file, \`~/.openclaw/openclaw.json\`, in [JSON5](https://json5.org): comments, trailing commas and unquoted keys are allowed, and a number may be
a product (\`8192 * 10\`). The file is optional. \`openclaw config schema\` prints a JSON Schema for editors, \`openclaw config validate\` validates the file.

\`\`\`json5
{
  agents: { defaults: { model: { primary: "ollama/gpt-oss:20b", fallbacks: ["ollama/llama3.3"] } } },
}
\`\`\`

## Location

| | |
|---|---|
| \`OPENCLAW_CONFIG_PATH\` | the path of the file; overrides everything below; \`~\` is your home directory |
| \`OPENCLAW_STATE_DIR\` | \`openclaw.json\` in this directory |
| \`--profile work\`, \`OPENCLAW_PROFILE\` | \`~/.openclaw-work/openclaw.json\`; the profile \`dev\` also moves the gateway to port 19001 |
| otherwise | \`~/.openclaw/openclaw.json\`, where \`~\` is \`OPENCLAW_HOME\`, \`HOME\`, \`USERPROFILE\`, or the home directory of the system |

Empty values and the words \`undefined\` and \`null\` count as not set. \`OPENCLAW_CONFIG_READONLY=1\` makes the file read-only.

## Variables

\`\${NAME}\` in any string is replaced by the environment variable (capital letters, digits, \`_\`); \`$\${NAME}\` is a literal \`\${NAME}\`. A missing variable
inside of \`models.providers.<id>\` disables that provider; anywhere else it is an error.

Variables come from, in order of priority: the environment of the process, \`./.env\`, \`~/.openclaw/.env\`, the section \`env\`, and your login shell if
\`env.shellEnv.enabled\` or \`OPENCLAW_LOAD_SHELL_ENV=1\` is set. The shell (\`SHELL\`, as a login shell, which reads \`~/.profile\` or \`~/.zprofile\` but not
\`~/.zshrc\`) is started only if a variable is missing that the file references or that would be the key of a provider without one. Other variables are not
imported. If the shell fails or takes longer than \`env.shellEnv.timeoutMs\` (\`OPENCLAW_SHELL_ENV_TIMEOUT_MS\`), there is a warning. Keys, addresses and settings
of this product (\`*_API_KEY\`, \`*_BASE_URL\`, \`OLLAMA_HOST\`, \`OPENCLAW_*\`, proxies) are not read from \`./.env\`, so that the current directory cannot redirect
your requests.

## Includes

\`{ $include: "./models.json5" }\` is replaced by the content of the file; a list of files is merged in order. Later files override earlier ones,
and keys beside \`$include\` override both; objects are merged, lists concatenated. Includes may be nested 10 levels deep, 1000 in total, and must be below the
directory of the configuration or one of \`OPENCLAW_INCLUDE_ROOTS\`.

## File limits

Only regular files are read. A named pipe, device, socket or directory is an error, and for an \`.env\` file or stored keys a warning. The configuration
with its includes may have 8 MiB, an \`.env\` file and a file of stored keys 1 MiB.

## Keys for providers

In order of priority: a stored profile (\`openclaw models auth add\`, in the order of \`auth.order\`), the environment variable (\`OLLAMA_API_KEY\` for \`ollama\`,
\`MY_BOX_API_KEY\` for \`my-box\`), \`models.providers.<id>.apiKey\`. Ollama needs none.`;

const page = new URL('../docs/configuration.md', import.meta.url);
const text = renderPage(await configJsonSchema());

if (!process.argv.includes('--check')) writeFileSync(page, text);
else if (readFileSync(page, 'utf8') !== text) {
  console.error(
    'docs/configuration.md does not match the schema; run: node --conditions=@openclaw/source scripts/generate-configuration-docs.ts',
  );
  process.exitCode = 1;
}

function renderPage(schema: JsonObject): string {
  const sections = Object.entries(propertiesOf(schema)).filter(([key]) => key !== '$include');
  const served = sections.filter(([, section]) => section['x-unused'] !== true);
  const ignored = sections.filter(([, section]) => section['x-unused'] === true).map(([key]) => `\`${key}\``);
  return `${[introduction, ...served.map(([key, section]) => renderSection(key, section)), renderIgnored(ignored)].join('\n\n')}\n`;
}

function renderSection(key: string, section: JsonObject): string {
  const rows = rowsOf(section, key);
  const table = rows.filter(({ schema }) => schema['x-unused'] !== true).map(renderRow);
  const ignored = rows.filter(({ schema }) => schema['x-unused'] === true).map(({ path }) => `\`${path}\``);
  return [
    `## \`${key}\``,
    stringOf(section, 'description') ?? '',
    ...(table.length > 0 ? [['| Key | Type | Default | |', '|---|---|---|---|', ...table].join('\n')] : []),
    ...(ignored.length > 0 ? [`Accepted for compatibility and not used: ${ignored.join(', ')}.`] : []),
  ].join('\n\n');
}

function renderIgnored(sections: readonly string[]): string {
  return `## Other sections\n\nThese sections of the original OpenClaw may stay in the file. They are not used, not checked and not changed: ${sections.join(', ')}.`;
}

interface Row {
  path: string;
  schema: JsonObject;
}

/** All keys below a schema, parents before children. */
function rowsOf(schema: JsonObject, path: string): Row[] {
  const own = Object.entries(propertiesOf(schema))
    .filter(([key]) => key !== '$include')
    .flatMap(([key, child]): Row[] => [{ path: `${path}.${key}`, schema: child }, ...below(child, `${path}.${key}`)]);
  return [...own, ...belowPattern(schema, path)];
}

function below(schema: JsonObject, path: string): Row[] {
  if (schema['x-unused'] === true) return [];
  const options = objectsOf(schema['anyOf']);
  const items = schema['items'];
  return [
    ...rowsOf(schema, path),
    ...options.flatMap((option) => rowsOf(option, path)),
    ...(isObject(items) ? rowsOf(items, `${path}[]`) : []),
  ];
}

/** Objects whose keys are user-defined names. */
function belowPattern(schema: JsonObject, path: string): Row[] {
  const value = schema['additionalProperties'];
  if (!isObject(value)) return [];
  return rowsOf(value, `${path}.<name>`);
}

function renderRow({ path, schema }: Row): string {
  const fallback = schema['default'];
  const shown =
    fallback === undefined || (isObject(fallback) && Object.keys(fallback).length === 0) ? '' : code(fallback);
  const examples = Array.isArray(schema['examples']) ? ` Example: ${schema['examples'].map(code).join(' or ')}.` : '';
  const cells = [`\`${path}\``, typeOf(schema), shown, (stringOf(schema, 'description') ?? '') + examples];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function typeOf(schema: JsonObject): string {
  if (Array.isArray(schema['enum'])) return schema['enum'].map(code).join(', ');
  if (schema['const'] !== undefined) return code(schema['const']);
  const options = objectsOf(schema['anyOf']);
  if (options.length > 0) return options.map(typeOf).join(' or ');
  const items = schema['items'];
  if (schema['type'] === 'array') return `list of ${isObject(items) ? typeOf(items) : 'anything'}`;
  const type = stringOf(schema, 'type') ?? 'anything';
  return { boolean: '`true`, `false`', integer: 'whole number' }[type] ?? type;
}

function code(value: JsonValue): string {
  return `\`${JSON.stringify(value)}\``;
}

function stringOf(schema: JsonObject, key: string): string | undefined {
  const value = schema[key];
  return typeof value === 'string' ? value : undefined;
}

function propertiesOf(schema: JsonObject): Record<string, JsonObject> {
  const properties = schema['properties'];
  if (!isObject(properties)) return {};
  return Object.fromEntries(
    Object.entries(properties).flatMap(([key, child]) => (isObject(child) ? [[key, child]] : [])),
  );
}

function objectsOf(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
