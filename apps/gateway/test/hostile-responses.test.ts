import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startStack } from './start-stack.ts';
import type { Stack } from './start-stack.ts';

/** A valid request, of which one part is then spoilt. */
const VALID = {
  model: 'openclaw',
  instructions: 'Be brief.',
  input: [
    { type: 'message', role: 'developer', content: [{ type: 'input_text', text: 'Rules.' }] },
    {
      role: 'user',
      content: [
        { type: 'input_text', text: 'Hi' },
        { type: 'input_image', image_url: 'data:image/png;base64,AA==' },
      ],
    },
    { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Hm.' }], encrypted_content: null },
    { type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' },
    { type: 'function_call_output', call_id: 'c', output: '1' },
  ],
  tools: [
    { type: 'function', name: 'f', parameters: { type: 'object' } },
    { type: 'namespace', name: 'n', description: '', tools: [{ type: 'function', name: 'g' }] },
  ],
  tool_choice: 'auto',
  text: { format: { type: 'text' } },
  reasoning: { effort: 'low' },
  include: ['reasoning.encrypted_content'],
  metadata: { a: 'b' },
  temperature: 0.1,
  max_output_tokens: 5,
  stream: false,
};

type Path = readonly (string | number)[];

/** Every place of the valid request. */
function placesOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const below = Object.entries(value).flatMap(([key, inner]) => placesOf(inner, [...path, key]));
  return path.length === 0 ? below : [path, ...below];
}

function replaced(value: unknown, { path, by }: { path: Path; by: unknown }): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  const copy = structuredClone(value) as Record<string | number, unknown>;
  copy[key] = replaced(copy[key], { path: rest, by });
  return copy;
}

/** No answer may match a spoilt schema, which is a 502. */
function isOutsideSchema([first, second, third]: Path): boolean {
  return !(first === 'text' && second === 'format' && third === 'schema');
}

const post = ({ gateway }: Stack, body: string) => fetch(`${gateway.url}/v1/responses`, { method: 'POST', body });

/** Nothing wrong becomes a 5xx, and what is refused names its field in OpenAI's shape. */
async function expectAnswerOrRefusal(response: Response): Promise<void> {
  expect([200, 400, 404]).toContain(response.status);
  // `stream: true` is a request as good as another.
  if (response.headers.get('content-type')?.startsWith('text/event-stream') === true) {
    expect(await response.text()).toMatch(/^event: response\.completed$/m);
    return;
  }
  const body = (await response.json()) as { error: unknown; object?: string };
  if (response.status === 200) expect(body.object).toBe('response');
  else
    expect(body.error).toMatchObject({
      message: expect.stringMatching(/\S/),
      type: 'invalid_request_error',
      code: expect.any(String),
    });
}

test('a request with anything in any place gets an answer or a 4xx', async () => {
  const models = [{ name: 'gpt-oss:20b', capabilities: ['completion', 'tools', 'thinking', 'vision'] }];
  const stack = await startStack({ simulator: { models } });
  expect((await post(stack, JSON.stringify(VALID))).status).toBe(200);
  const values = fc.oneof(
    fc.constantFrom<unknown>(null, 1, -1, 1.5, true, '', 'x', [], {}, [null], [[]], [1], { type: 1 }, [{ type: 'x' }]),
    fc.jsonValue({ maxDepth: 2 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...placesOf(VALID).filter(isOutsideSchema)), values, async (path, by) => {
      await expectAnswerOrRefusal(await post(stack, JSON.stringify(replaced(VALID, { path, by }))));
    }),
    { numRuns: 400 },
  );
});

test.each([
  ['model', [1, {}, [], true, '']],
  ['input', [null, 1, {}, [1], [[]], [{}], [{ role: 'robot' }], [{ type: 'function_call' }]]],
  ['instructions', [1, {}, ['x']]],
  ['tools', [1, 'x', {}, [null], [{ type: 'function' }], [{ type: 'namespace', name: 'n' }], [{ type: 1 }]]],
  ['tool_choice', [1, 'any', {}, { type: 'function' }, { type: 'function', name: 'unknown' }]],
  ['text', [1, 'x', { format: 1 }, { format: {} }, { format: { type: 'json_schema' } }]],
  ['reasoning', [1, 'high', { effort: 1 }]],
  ['include', [1, 'x', [1]]],
  ['metadata', [1, 'x', { a: 1 }]],
  ['temperature', ['hot', {}, []]],
  ['max_output_tokens', [0, -1, 1.5, 'many']],
  ['stream', [1, 'yes', {}]],
  ['store', [1, 'yes', {}]],
  ['previous_response_id', [1, {}, '', 'resp_unknown']],
  ['truncation', [1, 'some']],
])('a wrong `%s` is refused with its name, and nothing reaches the model', async (key, values) => {
  const stack = await startStack();
  for (const value of values) {
    const response = await post(stack, JSON.stringify({ ...VALID, [key]: value }));
    expect(response.status).toBe(400);
    expect(await response.json()).toHaveProperty('error.param', expect.stringMatching(new RegExp(`^${key}`)));
  }
  expect(stack.simulator.journal.of('/v1/chat/completions')).toEqual([]);
});
