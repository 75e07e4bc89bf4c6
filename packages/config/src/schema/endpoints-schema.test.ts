import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { parseConfig } from '../load-config.ts';
import { redactConfig } from '../redact-config.ts';
import { resolveEndpointKey } from '../resolve-credential.ts';

const entry = (endpoints: JsonValue, others: JsonObject = {}) => ({
  models: { providers: { lab: { ...others, endpoints } } },
});
const parse = (endpoints: JsonValue, others: JsonObject = {}, env: Record<string, string> = {}) =>
  parseConfig(JSON.stringify(entry(endpoints, others)), { env });
const lab = (endpoints: JsonValue, others: JsonObject = {}) => parse(endpoints, others).config.models.providers['lab'];
const problemOf = (endpoints: JsonValue, others: JsonObject = {}) =>
  parse(endpoints, others).disabledProviders.flatMap(({ issues }) => issues)[0];

const [one, two] = [{ baseUrl: 'http://gpu-1:11434' }, { baseUrl: 'http://gpu-2:11434/v1' }];

describe('endpoints', () => {
  test('have a name: their own, or host, port and path', () => {
    const third = { baseUrl: 'https://hosts.example/gpu-3/v1/' };
    const fourth = { baseUrl: 'http://gpu-4:11434', name: 'big' };
    expect(lab([one, two, third, fourth])?.endpoints?.map(({ name }) => name)).toEqual([
      'gpu-1:11434',
      'gpu-2:11434',
      'hosts.example/gpu-3',
      'big',
    ]);
  });

  test('keep every setting', () => {
    const full = { ...one, name: 'a', weight: 0.5, models: ['gpt-oss:*'], maxConcurrent: 2, headers: { X: 'y' } };
    expect(lab([full])?.endpoints).toEqual([full]);
  });

  test('mean discovery, unless models are listed or `discover` says otherwise', () => {
    expect(lab([one])?.discover).toBe(true);
    expect(lab([one], { models: [{ id: 'm' }] })?.discover).toBe(false);
    expect(lab([one], { discover: false })?.discover).toBe(false);
  });

  test.each([
    [[], 'at least one endpoint'],
    [[{ name: 'a' }], 'baseUrl'],
    [[{ baseUrl: 'gpu-1:11434' }], 'expected a URL'],
    [[{ ...one, weight: 0 }], 'above 0'],
    [[{ ...one, weight: -1 }], 'above 0'],
    [[{ ...one, name: '' }], 'without blanks'],
    [[{ ...one, name: 'gpu 1' }], 'without blanks'],
    [[{ ...one, models: [''] }], 'models[0] must not be empty'],
    [[{ ...one, maxConcurrent: 0 }], 'maxConcurrent'],
    [
      [
        { ...one, name: 'a' },
        { ...two, name: 'a' },
      ],
      'two endpoints have the name "a"',
    ],
    [[one, { ...two, name: 'gpu-1:11434' }], 'two endpoints have the name "gpu-1:11434"'],
    [[one, { baseUrl: 'http://gpu-1:11434/v1/', name: 'b' }], 'two endpoints have the address http://gpu-1:11434'],
    [[{ ...one, port: 1 }], 'port'],
  ])('%j is refused', (endpoints, message) => {
    const problem = problemOf(endpoints);
    expect(`${problem?.path} ${problem?.message}`).toContain(message);
    expect(problem?.path).toMatch(/^models\.providers\.lab\.endpoints/);
  });

  test('stand beside a `baseUrl` only if it is one of them', () => {
    expect(lab([one, two], { baseUrl: 'http://gpu-1:11434/v1' })?.endpoints).toHaveLength(2);
    expect(problemOf([one, two], { baseUrl: 'http://gpu-3:11434' })).toMatchObject({
      path: 'models.providers.lab.baseUrl',
      message: expect.stringContaining('is not one of `endpoints`. Remove it, or add it'),
    });
  });
});

describe('keys and headers of an endpoint', () => {
  test('are masked', () => {
    const secret = { ...one, apiKey: 'sk-secret', headers: { 'x-key': 'hidden' } };
    expect(redactConfig(entry([secret]))).toEqual(entry([{ ...one, apiKey: '***', headers: { 'x-key': '***' } }]));
  });

  test('may be the name of a variable, which is never sent itself', () => {
    expect(resolveEndpointKey('LAB_API_KEY', { env: { LAB_API_KEY: 'k' } })).toBe('k');
    expect(resolveEndpointKey('LAB_API_KEY', { env: {} })).toBeUndefined();
    expect(resolveEndpointKey(' sk-1 ', { env: {} })).toBe('sk-1');
  });

  test('that name a missing variable are reported', () => {
    expect(parse([{ ...one, apiKey: 'LAB_API_KEY' }]).warnings).toMatchObject([
      { code: 'missing-variable', path: 'models.providers.lab.endpoints[0].apiKey' },
    ]);
    expect(parse([{ ...one, apiKey: '${LAB_API_KEY}' }]).disabledProviders).toMatchObject([{ id: 'lab' }]);
  });

  test('are spare for an endpoint of Ollama', () => {
    const text = JSON.stringify({
      models: { providers: { ollama: { endpoints: [{ ...one, apiKey: '${MISSING_KEY}' }] } } },
    });
    expect(parseConfig(text, { env: {} })).toMatchObject({
      disabledProviders: [],
      warnings: [{ message: expect.stringContaining('Ollama needs no key') }],
    });
  });
});
