import { collectMessage, type ChatMessage, type CollectedMessage, type StreamEvent } from '@openclaw/provider';
import type { Runtime, RuntimeChatRequest } from '@openclaw/runtime/internal';
import { CliError } from '../cli-error.ts';
import { defineCommand } from '../define-command.ts';
import type { OptionValues } from '../parse-command-arguments.ts';
import type { Host } from '../host.ts';
import { readImage } from '../read-image.ts';
import { createDescribeWaiting } from '../models/describe-waiting.ts';
import { parseStructured, readSchema } from '../read-schema.ts';
import type { TextRenderer } from '../render/text-renderer.ts';
import { readMessage } from '../read-message.ts';
import { createAnswerTimer } from '../render/answer-timer.ts';
import { renderAnswer } from '../render/answer.ts';
import { withNamedOllama } from '../models/with-named-ollama.ts';
import { withRuntime } from '../with-runtime.ts';

const options = {
  message: { type: 'string', short: 'm', placeholder: 'text', description: 'The message' },
  'message-file': {
    type: 'string',
    placeholder: 'path',
    description: 'Read the message from a file; - is standard input',
    completes: 'file',
  },
  model: {
    type: 'string',
    placeholder: 'name',
    description: 'Use only this model: a reference, an alias, or a bare name',
    completes: 'model',
  },
  fallbacks: { type: 'boolean', description: 'Use the configured fallbacks for --model too' },
  system: { type: 'string', placeholder: 'text', description: 'System instructions' },
  image: {
    type: 'string',
    multiple: true,
    placeholder: 'path',
    description: 'Attach an image; may be repeated',
    completes: 'file',
  },
  schema: {
    type: 'string',
    placeholder: 'path',
    description: 'Print one JSON value that matches this JSON Schema',
    completes: 'file',
  },
  stream: {
    type: 'boolean',
    description: 'Request a stream; --no-stream requests a whole answer; default on a terminal: a stream',
  },
  reasoning: {
    type: 'string',
    choices: ['show', 'hide'],
    description: 'Whether to print reasoning on standard error',
  },
  agent: { type: 'string', placeholder: 'id', description: 'Use the models of this agent' },
} as const;

/** Sends one request. Only the answer goes to standard output. */
export const agent = defineCommand({
  arguments: [{ name: 'text', optional: true }],
  variadic: true,
  options,
  formats: ['json'],
  examples: [
    { line: 'openclaw agent "Why is the sky blue?"', does: 'Ask the default model, with its fallbacks.' },
    {
      line: 'openclaw agent --model ollama/llama3.3 --message-file - < notes.txt',
      does: 'Ask one model about a text.',
    },
    { line: 'openclaw agent "Three rivers" --schema list.json', does: 'Get JSON that matches a schema.' },
  ],
  docs: 'docs/cli.md#openclaw-agent',
  async run({ values, positionals, host }) {
    const message = chooseMessage(values.message, positionals);
    const request = await buildRequest({ ...values, message }, host);
    const signal = host.interruption();
    await withRuntime(host, {
      adjust: (loaded) => withNamedOllama(loaded, values.model),
      use: async (runtime) => {
        const startedAt = host.now();
        const events = runtime.chat(request, { signal });
        if (host.output.format !== 'json') {
          await answerInText(events, { ...values, runtime, host });
          return;
        }
        const message = await collectMessage(events);
        const durationMs = host.now() - startedAt;
        const value = values.schema === undefined ? {} : { value: parseStructured(message) };
        host.output.show({ json: () => ({ ...encodeAnswer(message, { durationMs }), ...value }), text: () => '' });
      },
    });
  },
});

interface TextAnswer extends Pick<
  OptionValues<typeof options>,
  'model' | 'agent' | 'fallbacks' | 'reasoning' | 'schema'
> {
  readonly runtime: Runtime;
  readonly host: Host;
}

/** Writes the answer as it comes, or, with a schema, when it is whole. */
async function answerInText(
  events: AsyncIterable<StreamEvent>,
  { model, agent: id, fallbacks, reasoning, schema, runtime, host }: TextAnswer,
): Promise<void> {
  const timer = createAnswerTimer(host);
  const screen = {
    ...host,
    reasoning: reasoning === 'show' || (reasoning === undefined && host.stderr.isTTY === true) ? 'show' : 'hide',
    describeWaiting: createDescribeWaiting(runtime, {
      ...(model !== undefined && { model }),
      ...(id !== undefined && { agent: id }),
      ...(fallbacks !== undefined && { allowFallbacks: fallbacks }),
    }),
    ...(schema !== undefined && { text: HIDDEN_TEXT }),
  } as const;
  const message = await collectMessage(renderAnswer(timer.watch(events), screen));
  if (schema !== undefined) host.output.write(`${JSON.stringify(parseStructured(message), null, 2)}\n`);
  if (isReadAlong(host) && host.stderr.isTTY === true)
    host.output.note(host.output.noteStyle.dim(timer.describe(message)));
}

/** Only the checked value of a structured answer is printed. */
const HIDDEN_TEXT: TextRenderer = { push: () => '', end: () => '' };

/** The words after the options, or the option. */
function chooseMessage(option: string | undefined, words: readonly string[]): string | undefined {
  if (words.length === 0) return option;
  if (option === undefined) return words.join(' ');
  const text = words.join(' ');
  throw new CliError('usage', `The message is given twice: as --message, and as "${text}". Leave one of them out.`);
}

async function buildRequest(
  values: Omit<OptionValues<typeof options>, 'message'> & { message: string | undefined },
  host: Host,
): Promise<RuntimeChatRequest> {
  const text = await readMessage({
    message: values.message,
    file: values['message-file'],
    openStdin: host.openStdin,
    cwd: host.cwd,
  });
  const images = await Promise.all((values.image ?? []).map((source) => readImage(source, host)));
  const messages: ChatMessage[] = [
    ...(values.system === undefined ? [] : [{ role: 'system', content: values.system } as const]),
    { role: 'user', content: images.length === 0 ? text : [{ type: 'text', text }, ...images] },
  ];
  return {
    messages,
    ...(values.model === undefined ? {} : { model: values.model }),
    ...(values.agent === undefined ? {} : { agent: values.agent }),
    ...(values.schema === undefined ? {} : { responseFormat: await readSchema(values.schema, host) }),
    ...(values.stream === undefined
      ? values.schema === undefined && isReadAlong(host)
        ? { prefersStreaming: true }
        : {}
      : { streaming: values.stream }),
    ...(values.fallbacks === undefined ? {} : { allowFallbacks: values.fallbacks }),
    // Until an answer that is printed at its end is complete, another model can replace it.
    wholeAnswer: host.output.format === 'json' || (values.schema !== undefined && !isReadAlong(host)),
  };
}

/** Whether a person watches the answer come. Scripts and documents get the default of the provider. */
function isReadAlong({ stdout, output }: Host): boolean {
  return stdout.isTTY === true && output.format === 'text';
}

/** The answer as a document; `text` is the text output. */
function encodeAnswer(message: CollectedMessage, { durationMs }: { durationMs: number }): object {
  const { model, text, reasoning, toolCalls, finishReason, usage, attempts, repairs, warnings } = message;
  return {
    ok: true,
    model,
    text,
    ...(reasoning === '' ? {} : { reasoning }),
    toolCalls: toolCalls.map(({ id, name, argumentsText, problem }) => ({
      id,
      name,
      arguments: argumentsText,
      ...(problem === undefined ? {} : { problem }),
    })),
    finishReason,
    ...(usage === undefined ? {} : { usage }),
    attempts,
    repairs: repairs.map(({ repair, detail }) => ({ repair, detail })),
    warnings: warnings.map(({ warning, detail }) => ({ warning, detail })),
    durationMs,
  };
}
