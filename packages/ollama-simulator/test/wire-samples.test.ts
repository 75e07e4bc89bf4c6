import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { OllamaSimulatorOptions, Reply } from '../src/index.ts';
import { start } from './simulator-client.ts';

/** Samples of the real wire, and the script that has to produce them, byte for byte but for the number in the id. */
const CHATS: readonly {
  sample: string;
  version: string;
  model: OllamaSimulatorOptions['models'];
  created: number;
  script: Reply;
  whole?: true;
  tools?: true;
  usage?: true;
}[] = [
  {
    sample: 'ollama-0.5.7/chat-plain-usage.sse',
    version: '0.5.7',
    model: ['llama3.2'],
    created: 1737000000,
    usage: true,
    script: {
      steps: [{ text: 'Tide' }, { text: ' pools' }, { text: ' hold' }, { text: ' crabs.' }],
      usage: { promptTokens: 31, completionTokens: 5 },
    },
  },
  {
    sample: 'ollama-0.5.7/chat-tools-finish-stop.sse',
    version: '0.5.7',
    model: ['qwen2.5:7b'],
    created: 1737000100,
    tools: true,
    script: [{ toolCall: { id: 'call_4kq0m2xz', name: 'get_weather', arguments: { city: 'Lund' } } }],
  },
  {
    sample: 'ollama-0.5.7/chat-leaks-python-tag.sse',
    version: '0.5.7',
    model: ['llama3.1:8b'],
    created: 1738000000,
    script: [{ text: '<|python_tag|>' }, { text: '{"name": "get_weather", "parameters": {"city": "Vaasa"}}' }],
  },
  {
    sample: 'ollama-0.6.8/chat-tools-buffered-answer.sse',
    version: '0.6.8',
    model: ['llama3.1:8b'],
    created: 1746000000,
    tools: true,
    script: { steps: [{ text: 'No tool is needed: the answer is 12.' }], pieceLength: 4 },
  },
  {
    sample: 'ollama-0.6.8/chat-whole-tool-calls.json',
    version: '0.6.8',
    model: ['llama3.1:8b'],
    created: 1746000200,
    tools: true,
    whole: true,
    script: {
      steps: [
        { text: 'This is dropped.' },
        { toolCall: { id: 'call_e1e1e1e1', name: 'get_weather', arguments: { city: 'Umea' } } },
        { toolCall: { id: 'call_f2f2f2f2', name: 'get_weather', arguments: { city: 'Kiel' } } },
      ],
      usage: { promptTokens: 188, completionTokens: 41 },
    },
  },
  {
    sample: 'ollama-0.8.0/chat-tool-calls-all-index-0.sse',
    version: '0.8.0',
    model: ['qwen3:8b'],
    created: 1748400000,
    tools: true,
    script: [
      { text: 'I will check both.' },
      { toolCall: { id: 'call_t0a1b2c3', name: 'get_weather', arguments: { city: 'Oslo' } } },
      { toolCall: { id: 'call_z9y8x7w6', name: 'read_file', arguments: { path: 'notes/today.md' } } },
    ],
  },
  {
    sample: 'ollama-0.9.0/chat-think-tags-in-content.sse',
    version: '0.9.0',
    model: ['deepseek-r1:8b'],
    created: 1748600000,
    script: [{ reasoning: 'Small' }, { reasoning: ' number' }, { reasoning: '.' }, { text: 'Seven.' }],
  },
  {
    sample: 'ollama-0.11.0/chat-gpt-oss-tool-call-in-finish-chunk.sse',
    version: '0.11.0',
    model: ['gpt-oss:20b'],
    created: 1755000000,
    tools: true,
    usage: true,
    script: {
      steps: [
        { reasoning: 'Need' },
        { reasoning: ' weather' },
        { reasoning: ' tool.' },
        { toolCall: { id: 'call_h4rm0ny1', name: 'get_weather', arguments: { city: 'Turku' } } },
      ],
      usage: { promptTokens: 141, completionTokens: 29 },
    },
  },
  {
    sample: 'ollama-0.12.6/chat-thinking-then-tools.sse',
    version: '0.12.6',
    model: ['qwen3:8b'],
    created: 1761100000,
    tools: true,
    usage: true,
    script: {
      steps: [
        ...['They', ' want', ' the', ' file.'].map((reasoning) => ({ reasoning })),
        { text: 'Let me' },
        { text: ' open it.' },
        { toolCall: { id: 'call_p3q4r5s6', name: 'read_file', arguments: { path: 'docs/a & b <draft>.md' } } },
        { toolCall: { id: 'call_u7v8w9x0', name: 'list_dir', arguments: { path: 'docs' } } },
      ],
      usage: { promptTokens: 260, completionTokens: 72 },
    },
  },
  {
    sample: 'ollama-0.12.6/chat-reasoning-and-content-same-delta.sse',
    version: '0.17.7',
    model: ['qwen3:8b'],
    created: 1761200000,
    script: [{ reasoning: 'Easy' }, { reasoning: ' one.', text: 'It is ' }, { text: 'blue.' }],
  },
  {
    sample: 'ollama-0.12.6/chat-error-mid-stream.sse',
    version: '0.12.6',
    model: ['qwen3:8b'],
    created: 1761300000,
    script: [{ text: 'First' }, { text: ' step:' }, { error: 'llama runner process no longer running: 2' }],
  },
  {
    sample: 'ollama-0.12.6/chat-builtin-parser-index-0.sse',
    version: '0.17.3',
    model: [{ name: 'qwen3-coder:30b', toolParser: 'builtin' }],
    created: 1762000200,
    tools: true,
    script: [
      { toolCall: { id: 'call_3c3c3c3c', name: 'read_file', arguments: { path: 'a.txt' } } },
      { toolCall: { id: 'call_4d4d4d4d', name: 'read_file', arguments: { path: 'a.txt' } } },
    ],
  },
  {
    sample: 'ollama-0.12.6/chat-whole-reasoning.json',
    version: '0.12.6',
    model: ['qwen3:8b'],
    created: 1761000200,
    whole: true,
    script: {
      steps: [{ reasoning: 'Count legs.' }, { text: 'Eight legs.' }],
      usage: { promptTokens: 18, completionTokens: 9 },
    },
  },
  {
    sample: 'ollama-0.12.6/chat-finish-but-no-done.sse',
    version: '0.12.6',
    model: ['llama3.2'],
    created: 1761500100,
    script: { steps: [{ text: 'Fine.' }], withoutDone: true },
  },
  {
    sample: 'ollama-0.12.6/chat-leaks-bare-json.sse',
    version: '0.12.6',
    model: ['qwen2.5-coder:14b'],
    created: 1757000000,
    tools: true,
    script: ['{"name"', ': "read_file", ', '"arguments": {"path": ', '"src/app.ts"}}'].map((text) => ({ text })),
  },
  {
    sample: 'ollama-0.12.6/chat-leaks-function-xml.sse',
    version: '0.12.6',
    model: [{ name: 'qwen3-coder:30b', toolParser: 'builtin' }],
    created: 1762500000,
    tools: true,
    script: {
      steps: [
        'I will look.\n',
        '<function=read_file>\n',
        '<parameter=path>\nREADME.md\n</parameter>\n',
        '</function>\n</tool_call>',
      ].map((text) => ({ text })),
      // The sample has the line ends with their words; the parser holds them until more text follows.
      verbatim: true,
    },
  },
  {
    sample: 'ollama-0.32.6/chat-plain-usage.sse',
    version: '0.32.6',
    model: ['gemma4:12b'],
    created: 1785900000,
    usage: true,
    script: {
      steps: [{ text: 'Moss' }, { text: ' grows' }, { text: ' north.' }],
      usage: { promptTokens: 22, completionTokens: 6 },
    },
  },
  {
    sample: 'ollama-0.32.6/chat-thinking-tools.sse',
    version: '0.32.6',
    model: [{ name: 'qwen3.5:9b', toolParser: 'builtin' }],
    created: 1785900100,
    tools: true,
    usage: true,
    script: {
      steps: [
        { reasoning: 'Read' },
        { reasoning: ' first' },
        { reasoning: '.', text: 'Opening it.' },
        { toolCall: { id: 'call_k1l2m3n4', name: 'read_file', arguments: { path: 'go.mod' } } },
      ],
      usage: { promptTokens: 310, completionTokens: 40 },
    },
  },
];

describe('a script gives what the release gave', () => {
  test.each(CHATS)('$sample', async ({ sample, version, model, created, script, whole, tools, usage }) => {
    const { url } = await start({ version, models: model, created, reply: () => script });
    const first = model?.[0];
    const response = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      body: JSON.stringify({
        model: typeof first === 'string' ? first : first?.name,
        stream: whole !== true,
        messages: [{ role: 'user', content: 'hello' }],
        ...(usage ? { stream_options: { include_usage: true } } : {}),
        ...(tools ? { tools: [{ type: 'function', function: { name: 'read_file', parameters: {} } }] } : {}),
      }),
    });
    expect(response.headers.get('content-type')).toBe(whole ? 'application/json' : 'text/event-stream');
    expect((await response.text()).replaceAll(/chatcmpl-\d+/g, 'chatcmpl-N')).toBe(
      read(sample).replaceAll(/chatcmpl-\d+/g, 'chatcmpl-N'),
    );
  });
});

describe('lists have the keys and the values of the release', () => {
  test('tags, 0.5.7: neither capabilities nor context', async () => {
    const { url } = await start({
      version: '0.5.7',
      models: [
        {
          name: 'llama3.2',
          modifiedAt: '2025-01-14T20:11:05.481029371+01:00',
          size: 2_019_393_189,
          digest: 'a80c4f17'.repeat(8),
          family: 'llama',
          parameterSize: '3.2B',
        },
        {
          name: 'hf.co/acme/Tiny-GGUF:Q5_K_S',
          modifiedAt: '2025-01-02T08:00:00.1+01:00',
          size: 811_000_000,
          digest: '0f1e2d3c'.repeat(8),
          family: 'qwen2',
          families: null,
          parameterSize: '1.54B',
          quantization: 'unknown',
        },
      ],
    });
    expect(await get(`${url}/api/tags`)).toBe(read('ollama-0.5.7/tags.json').trimEnd());
  });

  test('tags, 0.30.0: with both', async () => {
    const { url } = await start({
      version: '0.30.0',
      models: [
        {
          name: 'nomic-embed-text',
          modifiedAt: '2026-05-01T09:00:00Z',
          size: 274_302_450,
          digest: '0a109f42'.repeat(8),
        },
        {
          name: 'qwen3.5:9b',
          modifiedAt: '2026-06-10T09:00:00Z',
          size: 6_600_000_000,
          digest: '1234abcd'.repeat(8),
          family: 'qwen35',
          parameterSize: '9.7B',
          contextLength: 262_144,
          capabilities: ['completion', 'vision', 'tools', 'thinking'],
        },
      ],
    });
    expect(await get(`${url}/api/tags`)).toBe(read('ollama-0.30.0/tags-capabilities.json').trimEnd());
  });

  test('tags and /v1/models without models: an empty list, and null', async () => {
    const { url } = await start({ models: [] });
    expect(await get(`${url}/api/tags`)).toBe('{"models":[]}');
    expect(await get(`${url}/v1/models`)).toBe('{"object":"list","data":null}\n');
  });

  test('/v1/models', async () => {
    const { url } = await start({
      models: [
        { name: 'qwen3:8b', modifiedAt: '2025-09-20T07:30:00.25Z' },
        { name: 'hf.co/acme/Tiny-GGUF:Q5_K_S', modifiedAt: '2025-01-02T08:00:00.1+01:00' },
      ],
    });
    expect(await get(`${url}/v1/models`)).toBe(read('ollama-0.12.6/models.json'));
  });

  test('show, 0.12.6', async () => {
    const { url } = await start({
      version: '0.12.6',
      models: [
        {
          name: 'qwen3:8b',
          license: 'Example licence',
          parameters: 'num_ctx                        1.048576e+06',
          modelInfo: { 'qwen3.attention.head_count': 32 },
        },
      ],
    });
    const body: object = JSON.parse(
      await get(`${url}/api/show`, { method: 'POST', body: JSON.stringify({ model: 'qwen3:8b' }) }),
    );
    const sample = JSON.parse(read('ollama-0.12.6/show.json'));
    expect(Object.keys(body)).toEqual(Object.keys(sample));
    expect(Object.keys((body as typeof sample).model_info)).toEqual(
      expect.arrayContaining(Object.keys(sample.model_info)),
    );
    expect(body).toMatchObject({ details: sample.details, capabilities: sample.capabilities });
  });

  test.each([
    { version: '0.9.0', sample: 'ollama-0.9.0/ps-no-context.json' },
    { version: '0.12.6', sample: 'ollama-0.12.6/ps-for-ever.json' },
  ])('ps, $version: only what it knew of a loaded model', async ({ version, sample }) => {
    const expected = JSON.parse(read(sample)).models[0];
    const { url } = await start({
      version,
      now: () => Date.parse('2026-02-01T10:00:00Z'),
      models: [
        {
          name: expected.name,
          loaded: true,
          sizeInMemory: expected.size,
          sizeInVram: expected.size_vram,
          digest: expected.digest,
          parameterSize: expected.details.parameter_size,
          runningContextLength: expected.context_length,
          keepAliveMs: Infinity,
        },
      ],
    });
    const [model] = JSON.parse(await get(`${url}/api/ps`)).models;
    expect({ ...model, expires_at: '' }).toEqual({ ...expected, expires_at: '' });
    expect(Object.keys(model)).toEqual(Object.keys(expected));
    expect(new Date(model.expires_at).getUTCFullYear()).toBe(2318);
  });

  test('an unknown model, 0.18.0', async () => {
    const { url } = await start({ version: '0.18.0' });
    const body = JSON.stringify({ model: 'nope', messages: [{ role: 'user', content: 'hello' }] });
    const response = await fetch(`${url}/v1/chat/completions`, { method: 'POST', body });
    expect([response.status, await response.text()]).toEqual([404, read('ollama-0.18.0/chat-404.json')]);
  });

  test('embeddings', async () => {
    const { url } = await start({ models: ['nomic-embed-text'] });
    const body = JSON.stringify({ model: 'nomic-embed-text', input: ['a', 'b'], dimensions: 3 });
    const answer = JSON.parse(await get(`${url}/v1/embeddings`, { method: 'POST', body }));
    const sample = JSON.parse(read('ollama-0.12.6/embeddings.json'));
    const blank = ({ data, usage, ...rest }: typeof sample) => ({
      ...rest,
      usage: Object.keys(usage),
      data: data.map(({ embedding, ...entry }: typeof sample) => ({ ...entry, length: embedding.length })),
    });
    expect(blank(answer)).toEqual(blank(sample));
  });
});

async function get(url: string, options?: RequestInit): Promise<string> {
  return (await fetch(url, options)).text();
}

function read(sample: string): string {
  return readFileSync(new URL(`fixtures/${sample}`, import.meta.url), 'utf8');
}
