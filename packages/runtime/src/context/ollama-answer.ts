import { isReleaseAtLeast } from '@openclaw/ollama-discovery';
import type {
  EventStream,
  EventStreamSource,
  ProviderError,
  ProviderErrorCode,
  StreamEvent,
  Usage,
} from '@openclaw/provider';
import { contextExceededError, contextWarning } from './context-errors.ts';
import { judgeUsage } from './judge-usage.ts';
import { nextContextLength } from './plan-context.ts';
import type { ContextPlan } from './plan-context.ts';
import type { ModelQuestion, PlannedContext } from './plan-model-context.ts';
import { calibrate, promptNeed, raiseRatio } from './prompt-need.ts';
import { refusesTruncation } from './server-contexts.ts';

export interface OllamaAnswerOptions {
  readonly question: ModelQuestion;
  readonly planned: PlannedContext;
  /** Sends the request as planned. `limitMs`: how long it may take to the first event, if that is limited here. */
  readonly send: (plan: ContextPlan, limitMs: number | undefined) => EventStream | Promise<EventStream>;
  /** Unloads the model. A failure does not matter. */
  readonly unload: () => Promise<void>;
  /** Monotonic milliseconds. */
  readonly now: () => number;
}

/** An error of Ollama's tool call parser, after which the model's slot may stay taken (0.12.0 to 0.32.14). */
const PARSER_ERROR = /XML syntax error|error parsing tool call|^EOF$/;
/** How long a model with a suspect slot gets at least. */
const MIN_SUSPECT_LIMIT_MS = 15_000;

/**
 * The answer of one Ollama model. Until something of it was delivered, the request is sent again where that helps: with more
 * context if the prompt did not fit, and after unloading the model if its slot is stuck.
 */
export class OllamaAnswer implements EventStreamSource {
  readonly #options: OllamaAnswerOptions;
  #plan: ContextPlan;
  #answer: EventStream | undefined;
  #delivered = false;
  #grown = 0;
  #sentAt = 0;
  /** What the model was loaded with before this request. */
  #before: number | undefined;
  #limitMs: number | undefined;
  #closed = false;

  constructor(options: OllamaAnswerOptions, plan: ContextPlan) {
    this.#options = options;
    this.#plan = plan;
  }

  async pull(): Promise<readonly StreamEvent[]> {
    for (;;) {
      const answer = (this.#answer ??= await this.#send());
      const events = await answer.pull();
      const last = events.at(-1);
      const rest = events.slice(0, -1);
      if (last?.type === 'error') {
        const error = await this.#handleError(last.error);
        if (error !== undefined) return [...rest, { type: 'error', error }];
      } else if (last?.type === 'finish') {
        this.#recordUse();
        const lost = last.usage === undefined ? undefined : await this.#handleUsage(last.usage);
        if (lost === undefined) return events;
        if (lost !== 'again') return [...rest, lost, ...(lost.type === 'error' ? [] : [last])];
      } else {
        this.#delivered ||= events.length > 0;
        this.#options.question.facts.suspectLimitMs = undefined;
        return events;
      }
      this.#answer = undefined;
    }
  }

  close(): Promise<unknown> | undefined {
    this.#closed = true;
    return this.#answer?.return();
  }

  async #send(): Promise<EventStream> {
    const { question, send, now } = this.#options;
    const { facts } = question;
    this.#sentAt = now();
    this.#before = facts.previous;
    this.#limitMs = facts.suspectLimitMs;
    if (this.#plan.numCtx !== undefined) facts.previous = this.#plan.numCtx;
    facts.usedAt = this.#sentAt;
    const answer = await send(this.#plan, this.#limitMs);
    if (this.#closed) await answer.return();
    return answer;
  }

  /** @returns the error to deliver; `undefined` if the request is to be sent again */
  async #handleError(error: ProviderError): Promise<ProviderError | undefined> {
    const { question, unload, now } = this.#options;
    const { facts, server } = question;
    // A load that failed for lack of memory is no evidence about smaller contexts.
    if (MAY_BE_LOAD_FAILURE.has(error.code) && facts.previous === this.#plan.numCtx) facts.previous = this.#before;
    if (error.code === 'server-error' && PARSER_ERROR.test(error.serverMessage ?? '')) {
      const isFixed = isReleaseAtLeast(server.version, '0.32.15') === true;
      if (!isFixed) facts.suspectLimitMs = Math.max(MIN_SUSPECT_LIMIT_MS, 3 * (now() - this.#sentAt));
    }
    if (this.#delivered || this.#closed) return error;
    if (error.code === 'context-length-exceeded') return this.#grow(this.#refusedLength(error), { cause: error });
    if (error.code !== 'timeout' || error.clock !== 'first-event' || this.#limitMs === undefined) return error;
    facts.suspectLimitMs = undefined;
    await unload();
    return undefined;
  }

  #refusedLength({ contextTokens }: ProviderError): number {
    return contextTokens ?? this.#plan.numCtx ?? this.#options.planned.served;
  }

  async #handleUsage(usage: Usage): Promise<StreamEvent | 'again' | undefined> {
    const { estimate, facts, server } = this.#options.question;
    const isExact = this.#plan.api === 'ollama' && refusesTruncation(server);
    const { loss, length } = isExact ? NO_LOSS : await this.#findLoss(usage);
    if (loss === undefined) {
      facts.ratio = calibrate(facts.ratio, { estimate, counted: usage.inputTokens });
      return undefined;
    }
    if (loss === 'context-shifted' || this.#delivered) return contextWarning(loss, { contextTokens: length });
    const error = this.#grow(length, { cut: true });
    return error === undefined ? 'again' : { type: 'error', error };
  }

  /** After the first answer with a prompt that may have been cut, the server is asked what it loads the model with. */
  async #findLoss(usage: Usage): Promise<{ loss: ReturnType<typeof judgeUsage>; length: number }> {
    const { planned, question } = this.#options;
    const { facts, model, server } = question;
    const { least } = planned.need;
    if (model.remoteHost !== undefined || Math.max(usage.inputTokens, least) < MIN_JUDGED_TOKENS) return NO_LOSS;
    const set = this.#plan.numCtx;
    if (set === undefined && !facts.isServedAsked) {
      facts.isServedAsked = true;
      facts.served = await server.loadedLength(model.model);
    }
    const known = set ?? facts.served;
    const length = known ?? planned.served;
    return { loss: judgeUsage(usage, { least, length, isCertain: known !== undefined }), length };
  }

  /**
   * Plans the request with more context: first the next size, then all that there may be.
   * @returns the error if there is no more
   */
  #grow(
    length: number,
    details: { readonly cut?: boolean; readonly cause?: ProviderError },
  ): ProviderError | undefined {
    const { question } = this.#options;
    const { facts, estimate, model, setup, server } = question;
    facts.ratio = raiseRatio(facts.ratio, { estimate, exceeded: length + 1 });
    const { likely, most } = promptNeed(estimate, facts.ratio);
    const needed = (details.cause?.neededTokens ?? most) + this.#options.planned.answer;
    const isNative = setup.api !== 'openai-completions' && !server.lacksNativeApi;
    const next = isNative ? this.#nextLength(length, needed) : undefined;
    if (next === undefined) {
      const neededTokens = details.cause?.neededTokens ?? Math.max(likely, length + 1);
      return contextExceededError(model, { neededTokens, contextTokens: length, ...details });
    }
    this.#grown += 1;
    this.#plan = { type: 'plan', api: 'ollama', numCtx: next, reason: `the prompt did not fit ${length} tokens` };
    return undefined;
  }

  #nextLength(length: number, needed: number): number | undefined {
    const { window } = this.#options.planned;
    if (this.#grown === 0) return nextContextLength(length, { needed, window });
    return this.#grown === 1 && Number.isFinite(window) && window > length ? window : undefined;
  }

  #recordUse(): void {
    const { question, now } = this.#options;
    question.facts.usedAt = now();
    question.facts.suspectLimitMs = undefined;
  }
}

/** After other failures the model may well be loaded. */
const MAY_BE_LOAD_FAILURE: ReadonlySet<ProviderErrorCode> = new Set(['server-error', 'local-overload', 'unsupported']);
/** Shorter prompts fit every context, and their estimates say little. */
const MIN_JUDGED_TOKENS = 256;
const NO_LOSS = { loss: undefined, length: 0 };
