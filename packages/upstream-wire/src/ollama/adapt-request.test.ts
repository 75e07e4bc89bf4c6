import { ProviderError } from '@openclaw/provider';
import type { ProviderRequest } from '@openclaw/provider';
import { describe, expect, test } from 'vitest';
import { adaptRequest, readRefusal } from './adapt-request.ts';

const REQUEST: ProviderRequest = { model: 'm', messages: [], reasoningEffort: 'low' };
const NULLABLE = { type: 'object', properties: { city: { type: ['string', 'null'] } } };

const refusal = (serverMessage: string, status = 400): ProviderError =>
  new ProviderError('unsupported', serverMessage, { status, serverMessage });

describe('the reasoning effort', () => {
  test.each([
    ['think value "low" is not supported for this model', 'low'],
    ['invalid think value: "max" (must be "high", "medium", "low", true, or false)', 'max'],
    ['invalid reasoning value: \'odd\' (must be "high", "medium", "low", or "none")', 'odd'],
    ['json: cannot unmarshal string into Go struct field ChatRequest.think of type bool', 'low'],
    ['registry.ollama.ai/library/gemma3:4b does not support thinking', 'none'],
  ])('is left out after `%s`', (message, reasoningEffort) => {
    const request = { ...REQUEST, reasoningEffort };
    const refused = readRefusal(refusal(message), { request, refused: {} });

    expect(refused).toEqual({ effort: true });
    expect(adaptRequest(request, refused ?? {})).toEqual({
      request: { model: 'm', messages: [] },
      repairs: [{ type: 'repair', repair: 'request-adapted', detail: expect.stringContaining(`"${reasoningEffort}"`) }],
    });
  });

  test.each<[string, ProviderError, ProviderRequest]>([
    ['the model cannot think', refusal('"m" does not support thinking'), REQUEST],
    [
      'the request has none',
      refusal('think value "low" is not supported for this model'),
      { model: 'm', messages: [] },
    ],
    ['the status is another one', refusal('think value "low" is not supported for this model', 500), REQUEST],
    ['the refusal is about something else', refusal('model is required'), REQUEST],
  ])('stays if %s', (_title, error, request) => {
    expect(readRefusal(error, { request, refused: {} })).toBeUndefined();
  });

  test('is left out once', () => {
    const error = refusal('think value "low" is not supported for this model');

    expect(readRefusal(error, { request: REQUEST, refused: { effort: true } })).toBeUndefined();
  });
});

describe('tool schemas', () => {
  const request: ProviderRequest = { ...REQUEST, tools: [{ name: 'f', parameters: NULLABLE }] };
  const error = refusal('json: cannot unmarshal array into Go struct field .properties.type of type string');

  test('that every release refuses are rewritten before the request is sent', () => {
    const tools = [{ name: 'f', parameters: { type: ['object', 'null'] } }];
    const adapted = adaptRequest({ ...REQUEST, tools }, {});

    expect(adapted).toMatchObject({
      request: { reasoningEffort: 'low', tools: [{ parameters: { type: 'object' } }] },
      repairs: [{ repair: 'request-adapted', detail: expect.stringContaining('f: parameters.type.') }],
    });
  });

  test('that some releases refuse are narrowed after a refusal, once', () => {
    const refused = readRefusal(error, { request, refused: { effort: true } });

    expect(adaptRequest(request, {}).request).toBe(request);
    expect(refused).toEqual({ effort: true, schemas: true });
    expect(adaptRequest(request, { schemas: true })).toMatchObject({
      request: { tools: [{ parameters: { properties: { city: { type: 'string' } } } }] },
      repairs: [{ detail: expect.stringContaining('f: parameters.properties.city.type.') }],
    });
    expect(readRefusal(error, { request, refused: { schemas: true } })).toBeUndefined();
  });

  test('stay if they cannot be narrowed', () => {
    const tools = [{ name: 'f', parameters: { type: 'object' } }];

    expect(readRefusal(error, { request: { ...REQUEST, tools }, refused: {} })).toBeUndefined();
  });

  test('that are not offered are not changed, and not reported', () => {
    const tools = [
      { name: 'f', parameters: { type: ['object', 'null'] } },
      { name: 'g', parameters: { type: 'object' } },
    ];

    for (const toolChoice of ['none', { name: 'g' }] as const)
      expect(adaptRequest({ ...REQUEST, tools, toolChoice }, {}).repairs).toEqual([]);
  });

  test('with many such places name the first ones', () => {
    const properties = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`p${at}`, true]));
    const [repair] = adaptRequest({ ...REQUEST, tools: [{ name: 'f', parameters: { properties } }] }, {}).repairs;

    expect(repair?.detail).toMatch(/f: parameters\.properties\.p4, and 4 more\.$/);
  });
});

test('a request that needs no change is the same object', () => {
  expect(adaptRequest(REQUEST, {})).toEqual({ request: REQUEST, repairs: [] });
  expect(adaptRequest(REQUEST, {}).request).toBe(REQUEST);
});
