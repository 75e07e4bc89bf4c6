import { sendHttpReply, sendRecording } from './answer-below-model.ts';
import { defaultReply } from './default-reply.ts';
import type { Exchange } from './exchange.ts';
import { tokenLimit } from './generation.ts';
import { createOutputParser } from './output-parser.ts';
import type { Thinking } from './thinking.ts';
import { playScript } from './play-script.ts';
import { fitPrompt, promptText } from './prompt-tokens.ts';
import type { Release } from './release.ts';
import type { ReplyEncoder } from './reply-encoder.ts';
import type { RunSettings } from './run-settings.ts';
import { completeScript, isHttpReply, isRecording, type Reply, type Script, type Step } from './script.ts';
import type { ServerContext } from './server-context.ts';
import type { CompleteModel } from './simulated-model.ts';
import type { SimulatedRequest } from './simulated-request.ts';
import { withSlot } from './with-slot.ts';

/** What an endpoint decided about a request for text. */
export interface AnswerOptions {
  context: ServerContext;
  request: SimulatedRequest;
  model: CompleteModel;
  thinking: Thinking;
  settings: RunSettings;
  createEncoder: () => ReplyEncoder;
  /** What is wrong with the format of the request. It fails the request only if the format is used. */
  formatFailure?: string | undefined;
}

/** Answers a request for text with its scripted, or the default, reply. */
export async function answerWithModel(
  exchange: Exchange,
  { context, request, model, thinking, settings, createEncoder, formatFailure }: AnswerOptions,
): Promise<void> {
  const { release, pauses, parallel, now } = context;
  const reply =
    (await context.takeReply(request)) ??
    modelReply(model, request) ??
    defaultReply(request, { formatApplies: formatApplies(thinking, release) });
  if (isHttpReply(reply)) return sendHttpReply(reply, { exchange, pauses });
  if (isRecording(reply)) {
    return withSlot(() => sendRecording(reply, { exchange, pauses }), { model, exchange, context, settings });
  }
  const script = scriptOf(reply, {
    thinking,
    formatFailure: formatApplies(thinking, release) ? formatFailure : undefined,
  });
  await withSlot(
    ({ loadMs, read }) => {
      const promptTokens = fitPrompt(request, { ...settings, charactersPerToken: model.charactersPerToken });
      context.countPrompt(promptTokens, Math.floor(read(promptText(request)) / model.charactersPerToken));
      return playScript(script, {
        exchange,
        pauses,
        release,
        now,
        loadMs,
        promptTokens,
        stop: settings.stop,
        topLogprobs: settings.topLogprobs,
        hasTools: request.tools.length > 0,
        maxTokens: tokenLimit(settings, { promptTokens, parallel, release }),
        streamed: request.streamed,
        encoder: createEncoder(),
        parser: createOutputParser({
          release,
          model,
          streamed: request.streamed,
          tools: request.tools,
          thinking,
          verbatim: script.verbatim ?? false,
          generateToolCallId: () => context.generateToolCallId(model),
        }),
      });
    },
    { model, exchange, context, settings, script },
  );
}

function modelReply({ reply }: CompleteModel, request: SimulatedRequest): Reply | undefined {
  return typeof reply === 'function' ? reply(request) : reply;
}

/** With parsed thoughts the format is used for the text after them only, and no default reply has thoughts. */
function formatApplies(thinking: Thinking, release: Release): boolean {
  return thinking !== 'parsed' || !release.has('applies-format-after-thoughts');
}

function scriptOf(
  reply: string | readonly Step[] | Script,
  { thinking, formatFailure }: { thinking: Thinking; formatFailure: string | undefined },
): Script {
  const script = completeScript(reply);
  if (formatFailure !== undefined) return { ...script, steps: [{ error: formatFailure }] };
  return thinking === 'off' ? withoutReasoning(script) : script;
}

/** The output of a model that was told not to think. */
function withoutReasoning(script: Script): Script {
  const steps = script.steps.flatMap((step): Step[] => {
    if (!('reasoning' in step)) return [step];
    const { reasoning: _, ...rest } = step;
    return Object.keys(rest).length === 0 ? [] : [rest];
  });
  return { ...script, steps };
}
