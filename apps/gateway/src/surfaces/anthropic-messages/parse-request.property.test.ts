import { isProviderError } from '@openclaw/provider';
import type { JsonValue } from '@openclaw/provider';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCountRequest, parseMessagesRequest } from './parse-request.ts';

/** A valid request with every kind of block, of which one part is then replaced. */
const VALID = {
  model: 'm',
  max_tokens: 5,
  stream: true,
  system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Hi' },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AA==' } },
        { type: 'document', title: 'T', source: { type: 'content', content: [{ type: 'text', text: 'x' }] } },
        { type: 'search_result', title: 'T', source: 'S', content: [{ type: 'text', text: 'x' }] },
      ],
    },
    { role: 'system', content: [{ type: 'tool_addition', tool: { type: 'tool_reference', name: 'B' } }] },
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'Hm.', signature: 's' },
        { type: 'tool_use', id: 't', name: 'A', input: { a: 1 } },
      ],
    },
    {
      role: 'user',
      content: [
        {
          type: 'tool_result',
          tool_use_id: 't',
          is_error: true,
          content: [
            { type: 'tool_reference', tool_name: 'B' },
            { type: 'image', source: { type: 'url', url: 'https://x/y' } },
          ],
        },
      ],
    },
  ],
  tools: [
    { name: 'A', description: 'a', input_schema: { type: 'object' }, strict: true },
    { name: 'B', input_schema: {}, defer_loading: true },
    { type: 'bash_20250124', name: 'bash' },
    { type: 'web_search_20250305', name: 'web_search' },
  ],
  tool_choice: { type: 'tool', name: 'A', disable_parallel_tool_use: true },
  thinking: { type: 'enabled', budget_tokens: 2048 },
  output_config: { effort: 'high', format: { type: 'json_schema', schema: {} } },
  temperature: 0.1,
  top_p: 0.9,
  top_k: 4,
  stop_sequences: ['END'],
};

type Path = readonly (string | number)[];

/** Every place in a value. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  const copy: unknown = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
  const object = copy as Record<string | number, unknown>;
  object[key] = replaced(object[key], rest, by);
  return copy;
}

test('a request with any part replaced is read, or refused with the part that is wrong', () => {
  const parts = fc.constantFrom(...pathsIn(VALID));
  const value = fc.oneof(fc.jsonValue(), fc.constantFrom(null, '', 'text', 0, -1, [], {}, [null], [{}], '__proto__'));
  fc.assert(
    fc.property(parts, value, (path, by) => {
      for (const parse of [parseMessagesRequest, parseCountRequest]) {
        try {
          parse(replaced(VALID, path, by) as JsonValue);
        } catch (error) {
          if (!isProviderError(error)) throw error;
          expect(error).toMatchObject({ code: 'invalid-request', param: expect.stringMatching(/./) });
        }
      }
    }),
    { numRuns: 2_000 },
  );
});

test('the whole request is valid', () => {
  expect(parseMessagesRequest(VALID)).toMatchObject({ stream: true, leftOut: ['the tool type "web_search_20250305"'] });
});
