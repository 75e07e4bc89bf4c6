import type { Exchange } from './exchange.ts';
import { createGeneration, type EarlyEnd } from './generation.ts';
import type { Batch, OutputParser } from './output-parser.ts';
import type { Pauses } from './pause.ts';
import type { Release } from './release.ts';
import type { ReplyEncoder, ReplyEnd } from './reply-encoder.ts';
import { RequestFailure } from './request-failure.ts';
import { logprobOf } from './token-logprobs.ts';
import { type Incident, isSay, type Say, type Script, splitSay } from './script.ts';

/** The context of a script. */
export interface Stage {
  exchange: Exchange;
  parser: OutputParser;
  encoder: ReplyEncoder;
  pauses: Pauses;
  release: Release;
  streamed: boolean;
  hasTools: boolean;
  promptTokens: number;
  maxTokens: number;
  stop: readonly string[];
  /** Alternatives of each token, or undefined without log probabilities. */
  topLogprobs: number | undefined;
  /** How long the request waited for its model. */
  loadMs: number;
  now: () => number;
}

/**
 * Plays a script until it ends or fails.
 * @throws RequestFailure if it fails before anything was sent; the signal's reason if the client disconnects
 */
export async function playScript(script: Script, stage: Stage): Promise<void> {
  const { exchange, parser, pauses, now, release } = stage;
  const output = stage.streamed ? streamedOutput(stage, script) : wholeOutput(stage);
  const generation = createGeneration(stage);
  const promptBegan = now();
  await pauses.pass({ ms: script.promptMs }, exchange);
  const began = now();
  /** Returns false if the server's parser fails. */
  const send = async (say: Say): Promise<boolean> => {
    const batches = acceptOrFail(parser, say);
    if (batches instanceof RequestFailure) {
      await output.fail({ message: batches.message });
      return false;
    }
    for (const batch of withLogprobs(batches, { say, ...stage })) await output.say(batch);
    return true;
  };
  let end: EarlyEnd | undefined;
  for (const step of script.steps) {
    if (end !== undefined) break;
    if (!isSay(step)) {
      if ((await playIncident(step, { ...stage, output })) === 'over') return;
      continue;
    }
    for (const piece of splitSay(step, script)) {
      if (generation.tokens > 0) await pauses.pass({ ms: script.pauseMs }, exchange);
      const next = generation.next(piece);
      if (next.say !== undefined && !(await send(next.say))) return;
      end = next.end;
      if (end !== undefined) break;
    }
  }
  if (end === 'repeated') return output.finish(undefined);
  const held = generation.heldText();
  if (held !== '' && !(await send({ text: held }))) return;
  const { tokens } = generation;
  const finishReason = end ?? script.finishReason ?? 'stop';
  // The end of a text is a token, too.
  const endTokens = end === undefined && finishReason === 'stop' ? 1 : 0;
  const isTimed = tokens > 0 || !release.has('takes-no-time-for-empty-answers');
  await output.finish({
    final: parser.finish(),
    finishReason,
    usage: script.usage ?? { promptTokens: stage.promptTokens, completionTokens: tokens + endTokens },
    timings: {
      totalMs: Math.max(now() - exchange.page.entry.receivedAt, 1),
      loadMs: Math.max(stage.loadMs, LOAD_MS_OF_LOADED_MODEL),
      promptMs: Math.max(began - promptBegan, script.promptMs ?? 0, 1),
      completionMs: isTimed ? Math.max(now() - began, (script.pauseMs ?? 0) * tokens, 1) : 0,
    },
  });
}

/** The log probability of a token goes with its output, or alone while the parser of tool calls holds the text. */
function withLogprobs(
  batches: Batch[],
  { say, topLogprobs, hasTools }: Pick<Stage, 'topLogprobs' | 'hasTools'> & { say: Say },
): Batch[] {
  if (topLogprobs === undefined) return batches;
  const logprobs = [logprobOf(say, { alternatives: topLogprobs })];
  const [first, ...others] = batches;
  if (first === undefined) return hasTools ? [{ logprobs }] : [];
  return [{ ...first, logprobs }, ...others];
}

function acceptOrFail(parser: OutputParser, say: Say): Batch[] | RequestFailure {
  try {
    return parser.accept(say);
  } catch (problem) {
    if (problem instanceof RequestFailure) return problem;
    throw problem;
  }
}

/** A server takes some milliseconds for a model that is loaded. */
const LOAD_MS_OF_LOADED_MODEL = 2;

/** The sink of a reply: sends chunks immediately, or one body at the end. */
interface Output {
  say(batch: Batch): Promise<void>;
  raw(bytes: string | Uint8Array): Promise<void>;
  /** Without an end the runner has stopped unexpectedly. */
  finish(end: ReplyEnd | undefined): Promise<void>;
  fail(failure: { message: string; status?: number }): Promise<void>;
}

function streamedOutput({ exchange, encoder, release }: Stage, { withoutDone = false }: Script): Output {
  const { framing } = encoder;
  const begin = (): void => {
    if (!exchange.begun) exchange.begin(200, { 'content-type': framing.streamType });
  };
  const send = async (texts: readonly string[]): Promise<void> => {
    begin();
    for (const text of texts) await exchange.write(framing.frame(text));
  };
  return {
    say: (batch) => send(encoder.batch(batch)),
    async raw(bytes) {
      begin();
      await exchange.write(bytes);
    },
    async finish(end) {
      begin();
      // The last events share one write.
      const last = end === undefined ? '' : encoder.finish(end).map(framing.frame).join('');
      const done = end === undefined || withoutDone ? '' : framing.done;
      if (last + done !== '') await exchange.write(last + done);
      exchange.end();
    },
    async fail({ message, status }) {
      if (!exchange.begun && (status !== undefined || release.has('early-failures-have-a-status'))) {
        throw new RequestFailure(status ?? 500, message, { foundBy: 'runner' });
      }
      await send(encoder.failure(message));
      exchange.end();
    },
  };
}

function wholeOutput({ exchange, encoder }: Stage): Output {
  const batches: Batch[] = [];
  const prefix: Uint8Array[] = [];
  return {
    async say(batch) {
      batches.push(batch);
    },
    async raw(bytes) {
      prefix.push(Buffer.from(bytes));
    },
    async finish(end) {
      const body = Buffer.concat([...prefix, Buffer.from(encoder.whole(batches, end))]);
      await exchange.send(200, { body, headers: { 'content-type': encoder.framing.wholeType } });
    },
    fail({ message, status = 500 }) {
      return Promise.reject(new RequestFailure(status, message, { foundBy: 'runner' }));
    },
  };
}

async function playIncident(
  step: Incident,
  { exchange, pauses, output }: Stage & { output: Output },
): Promise<'goes on' | 'over'> {
  if ('stallMs' in step || 'stall' in step) {
    const wait = 'stallMs' in step ? { ms: step.stallMs } : { until: step.stall };
    await pauses.pass(wait, {
      signal: exchange.signal,
      announce: () => exchange.page.note({ phase: 'stalled' }),
    });
    exchange.page.note({ phase: 'replying' });
    return 'goes on';
  }
  if ('raw' in step) {
    await output.raw(step.raw);
    return 'goes on';
  }
  if ('error' in step) await output.fail(typeof step.error === 'string' ? { message: step.error } : step.error);
  else if ('end' in step) await output.finish(undefined);
  else exchange.cut();
  return 'over';
}
