import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import OpenAI from 'openai';
import { expect, onTestFinished, test } from 'vitest';
import { loadWireReports } from '../../../packages/stream-repair/test/wire-reports.ts';
import type { WireReading, WireReport } from '../../../packages/stream-repair/test/wire-reports.ts';
import { startStack } from './start-stack.ts';

const reports = loadWireReports();
const byModel = new Map(reports.map((report) => [report.file, report]));
const ASKED_FOR_JSON: ReadonlySet<string> = new Set(['json-in-reasoning-content-null.json']);

/** Every report behind a gateway, over real sockets, with and without a stream to the client. */
test('answers that public reports describe are read as they should be', async () => {
  const client = await startGatewayOverReports();
  for (const report of reports) {
    for (const stream of [false, true]) {
      const reading = await ask(client, { report, stream });
      const { file, thread, expected } = report;
      const isError = (expected.error ?? undefined) !== undefined;
      const right = isError ? 'an error' : comparable(expected);
      expect({ file, thread, stream, reading }).toEqual({ file, thread, stream, reading: right });
    }
  }
});

async function startGatewayOverReports(): Promise<OpenAI> {
  const upstream = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { model } = JSON.parse(Buffer.concat(chunks).toString() || '{}') as { model?: string };
      const report = byModel.get(model ?? '');
      const isStream = report?.file.endsWith('.sse') === true;
      response.writeHead(report?.status ?? 404, {
        'content-type': isStream ? 'text/event-stream' : 'application/json',
      });
      response.end(report?.bytes ?? '{}');
    });
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void upstream.close());
  const { port } = upstream.address() as AddressInfo;
  const { gateway } = await startStack({
    config: {
      agents: { defaults: { model: `reports/${reports[0]!.file}`, retry: { maxRetries: 0 } } },
      models: {
        providers: {
          reports: {
            api: 'openai-completions',
            baseUrl: `http://127.0.0.1:${port}/v1`,
            models: reports.map(({ file }) => ({ id: file })),
          },
        },
      },
    },
  });
  return new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'unused', maxRetries: 0 });
}

async function ask(
  client: OpenAI,
  { report, stream }: { readonly report: WireReport; readonly stream: boolean },
): Promise<unknown> {
  const { file, tools, expected } = report;
  const request = {
    model: `reports/${file}`,
    messages: [{ role: 'user' as const, content: 'Hi' }],
    ...(tools.length > 0 && { tools: tools.map((tool) => ({ type: 'function' as const, function: tool })) }),
    ...(ASKED_FOR_JSON.has(file) && { response_format: { type: 'json_object' as const } }),
  } as OpenAI.ChatCompletionCreateParamsNonStreaming;
  try {
    const answer = stream ? await readStream(client, request) : readBody(await client.chat.completions.create(request));
    const { usage } = answer;
    return comparable({
      ...answer,
      toolCalls: answer.toolCalls.map((call) => ({ name: call.name, arguments: parsed(call.arguments) })),
      usage: expected.usage && {
        promptTokens: usage?.prompt_tokens,
        completionTokens: usage?.completion_tokens,
        totalTokens: usage?.total_tokens,
      },
      ...(expected.looseBlanks === false && { looseBlanks: false }),
    });
  } catch (error) {
    if (error instanceof OpenAI.OpenAIError) return 'an error';
    throw error;
  }
}

interface Answer {
  readonly content: string;
  readonly reasoning: string;
  readonly toolCalls: readonly { readonly name: string; readonly arguments: string }[];
  readonly finishReason: string;
  readonly usage: OpenAI.CompletionUsage | undefined;
}

/** Fields that the client's types do not have. */
interface Reasoning {
  readonly reasoning_content?: string;
}

function readBody({ choices, usage }: OpenAI.ChatCompletion): Answer {
  const [choice] = choices;
  const message: OpenAI.ChatCompletionMessage & Reasoning = choice!.message;
  return {
    content: message.content ?? '',
    reasoning: message.reasoning_content ?? '',
    toolCalls: (message.tool_calls ?? []).flatMap((call) => (call.type === 'function' ? call.function : [])),
    finishReason: choice!.finish_reason,
    usage,
  };
}

async function readStream(client: OpenAI, request: OpenAI.ChatCompletionCreateParamsNonStreaming): Promise<Answer> {
  const toolCalls: { name: string; arguments: string }[] = [];
  let [content, reasoning, finishReason] = ['', '', ''];
  let usage: OpenAI.CompletionUsage | undefined;
  const chunks = await client.chat.completions.create({
    ...request,
    stream: true,
    stream_options: { include_usage: true },
  });
  for await (const chunk of chunks) {
    usage = chunk.usage ?? usage;
    const [choice] = chunk.choices;
    if (!choice) continue;
    const delta: typeof choice.delta & Reasoning = choice.delta;
    content += delta.content ?? '';
    reasoning += delta.reasoning_content ?? '';
    for (const { index, function: called } of delta.tool_calls ?? []) {
      const call = (toolCalls[index] ??= { name: '', arguments: '' });
      call.name += called?.name ?? '';
      call.arguments += called?.arguments ?? '';
    }
    finishReason = choice.finish_reason ?? finishReason;
  }
  return { content, reasoning, toolCalls, finishReason, usage };
}

function comparable({
  content = '',
  reasoning = '',
  toolCalls,
  finishReason,
  usage,
  looseBlanks,
}: WireReading): object {
  const trimmed = (text: string): string => (looseBlanks === false ? text : text.trim());
  return { content: trimmed(content), reasoning: trimmed(reasoning), toolCalls, finishReason, usage };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { __unparsed: text };
  }
}
