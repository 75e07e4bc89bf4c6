import type { JsonObject, ToolDefinition } from '@openclaw/provider';

/** The tools of the request that every leak and false friend answers. */
export const TOOLS: readonly ToolDefinition[] = [
  tool('get_weather', {
    city: { type: 'string' },
    days: { type: 'integer' },
    metric: { type: 'boolean' },
    place: { type: 'object', properties: { lat: { type: 'number' }, lon: { type: 'number' } } },
  }),
  tool('read_file', { path: { type: 'string' }, line: { type: ['integer', 'null'] } }),
  tool('write_file', {
    path: { type: 'string' },
    content: { type: 'string' },
    tags: { type: 'array', items: { type: 'string' } },
  }),
  tool('list_dir', { path: { type: 'string' } }, []),
  tool('web.search', { query: { type: 'string' } }),
  tool('create-event', { title: { type: 'string' } }),
];

function tool(name: string, properties: JsonObject, required?: readonly string[]): ToolDefinition {
  const first = Object.keys(properties).slice(0, 1);
  return { name, description: name, parameters: { type: 'object', properties, required: required ?? first } };
}
