import type { Exchange } from './exchange.ts';
import type { Batch, OutputParser } from './output-parser.ts';
import type { Pauses } from './pause.ts';
import type { Release } from './release.ts';
import type { ReplyEncoder, ReplyEnd } from './reply-encoder.ts';
import { RequestFailure } from './request-failure.ts';
import { type Incident, isSay, type Script, splitSay } from './script.ts';

/** The context of a script. */
export interface Stage {
  exchange: Exchange;
  parser: OutputParser;
  encoder: ReplyEncoder;
  pauses: Pauses;
  release: Release;
  streamed: boolean;
  promptTokens: number;
}

/**
 * Plays a script until it ends or fails.
 * @throws RequestFailure if it fails before anything was sent; the signal's reason if the client disconnects
 */
export async function playScript(script: Script, stage: Stage): Promise<void> {
  const { exchange, parser, pauses } = stage;
  const output = stage.streamed ? streamedOutput(stage, script) : wholeOutput(stage);
  let chunks = 0;
  await pauses.pass({ ms: script.promptMs }, exchange);
  for (const step of script.steps) {
    if (!isSay(step)) {
      if ((await playIncident(step, { ...stage, output })) === 'over') return;
      continue;
    }
    for (const piece of splitSay(step, script)) {
      if (chunks > 0) await pauses.pass({ ms: script.pauseMs }, exchange);
      chunks += 1;
      for (const batch of parser.accept(piece)) await output.say(batch);
    }
  }
  const usage = script.usage ?? { promptTokens: stage.promptTokens, completionTokens: chunks };
  await output.finish({ final: parser.finish(), finishReason: script.finishReason ?? 'stop', usage });
}

/** The sink of a reply: sends chunks immediately, or one body at the end. */
interface Output {
  say(batch: Batch): Promise<void>;
  raw(bytes: string | Uint8Array): Promise<void>;
  /** Without an end the runner has stopped unexpectedly. */
  finish(end: ReplyEnd | undefined): Promise<void>;
  fail(failure: { message: string; status?: number }): Promise<void>;
}

function streamedOutput({ exchange, encoder, release }: Stage, { withoutDone = false }: Script): Output {
  const begin = (): void => {
    if (!exchange.begun) exchange.begin(200, { 'content-type': 'text/event-stream' });
  };
  const send = async (texts: readonly string[]): Promise<void> => {
    begin();
    for (const text of texts) await exchange.write(`data: ${text}\n\n`);
  };
  return {
    say: (batch) => send(encoder.batch(batch)),
    async raw(bytes) {
      begin();
      await exchange.write(bytes);
    },
    async finish(end) {
      await send(end === undefined ? [] : [...encoder.finish(end), ...(withoutDone ? [] : ['[DONE]'])]);
      exchange.end();
    },
    async fail({ message, status }) {
      if (!exchange.begun && (status !== undefined || release.has('early-failures-have-a-status'))) {
        throw new RequestFailure(status ?? 500, message);
      }
      await send(encoder.failure());
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
      await exchange.send(200, { body, headers: { 'content-type': 'application/json' } });
    },
    fail({ message, status = 500 }) {
      return Promise.reject(new RequestFailure(status, message));
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
