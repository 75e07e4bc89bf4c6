import { sendHttpReply, sendRecording } from './answer-below-model.ts';
import { defaultReply } from './default-reply.ts';
import type { Exchange } from './exchange.ts';
import { tokenLimit } from './generation.ts';
import { createOutputParser, type Thinking } from './output-parser.ts';
import { playScript } from './play-script.ts';
import { fitPrompt } from './prompt-tokens.ts';
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
}

/** Answers a request for text with its scripted, or the default, reply. */
export async function answerWithModel(
  exchange: Exchange,
  { context, request, model, thinking, settings, createEncoder }: AnswerOptions,
): Promise<void> {
  const { release, pauses, parallel, now } = context;
  const reply = (await context.takeReply(request)) ?? modelReply(model, request) ?? defaultReply(request);
  if (isHttpReply(reply)) return sendHttpReply(reply, { exchange, pauses });
  if (isRecording(reply)) {
    return withSlot(() => sendRecording(reply, { exchange, pauses }), { model, exchange, context, settings });
  }
  const script = thinking === 'off' ? withoutReasoning(completeScript(reply)) : completeScript(reply);
  await withSlot(
    ({ loadMs }) => {
      const promptTokens = fitPrompt(request, { ...settings, charactersPerToken: model.charactersPerToken });
      return playScript(script, {
        exchange,
        pauses,
        release,
        now,
        loadMs,
        promptTokens,
        stop: settings.stop,
        maxTokens: tokenLimit(settings, { promptTokens, parallel, release }),
        streamed: request.streamed,
        encoder: createEncoder(),
        parser: createOutputParser({
          release,
          model,
          streamed: request.streamed,
          hasTools: request.tools.length > 0,
          thinking,
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

/** The output of a model that was told not to think. */
function withoutReasoning(script: Script): Script {
  const steps = script.steps.flatMap((step): Step[] => {
    if (!('reasoning' in step)) return [step];
    const { reasoning: _, ...rest } = step;
    return Object.keys(rest).length === 0 ? [] : [rest];
  });
  return { ...script, steps };
}
