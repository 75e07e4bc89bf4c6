import type { Attempt, ProviderError } from '@openclaw/provider';
import type { CatalogModel, ProviderCommands } from './catalog-model.ts';

/** A request to a model that failed, with what is needed to describe it. */
export interface FailedAttempt {
  readonly attempt: Attempt;
  /** Absent when no request was sent: the model is unknown, lacks a capability, or its circuit is open. */
  readonly error?: ProviderError;
  readonly model?: CatalogModel;
  readonly commands?: ProviderCommands | undefined;
}

/** Says what to do about a failed attempt, as a sentence; `undefined` when there is nothing to say. */
export type AdviseAttempt = (failed: FailedAttempt) => string | undefined;

/**
 * Describes every attempt with its URL and its cause, one per line; attempts that failed in the same way share a line.
 *
 * @param options.advise Its sentence ends the line. @default no advice
 */
export function describeAttempts(
  failed: readonly FailedAttempt[],
  { advise = () => undefined }: { readonly advise?: AdviseAttempt | undefined } = {},
): string {
  const asked = new Set(failed.filter(isAsked).map(({ attempt }) => attempt.model));
  const telling = failed.filter((one) => isAsked(one) || !asked.has(one.attempt.model));
  const groups = Map.groupBy(telling, (attempt) => failureKey(attempt, advise));
  const lines = [...groups.values()].flatMap((group) => describeGroup(group, advise));
  return lines.length === 1
    ? lines.join('')
    : ['No model could answer.', ...lines.map((line) => `- ${line}`)].join('\n');
}

/** A model that was skipped at first and asked later has more to say than that it was skipped. */
function isAsked({ attempt }: FailedAttempt): boolean {
  return attempt.outcome !== 'skipped';
}

/** Attempts that failed in the same way: the first in full with the number of its attempts, other models by name. */
function describeGroup([first, ...others]: readonly FailedAttempt[], advise: AdviseAttempt): string[] {
  if (first === undefined) return [];
  const again = others.filter(({ attempt }) => attempt.model === first.attempt.model);
  const otherModels = others.filter((one) => !again.includes(one));
  return [describeAttempt(first, { times: 1 + again.length, advise }), ...new Set(otherModels.map(repetition))];
}

/** Equal for attempts that failed in the same way: the same cause but for the model's name, place and advice. */
function failureKey(failed: FailedAttempt, advise: AdviseAttempt): string {
  const { attempt, error, model } = failed;
  const names = [attempt.model, model?.model ?? attempt.model];
  const message = names.reduce((text, name) => text.replaceAll(name, '…'), attempt.message ?? '');
  return JSON.stringify([attempt.endpoint, attempt.outcome, error?.url, message, advise(failed)]);
}

function repetition({ attempt, error }: FailedAttempt): string {
  const url = error?.url ?? attempt.endpoint;
  return `${attempt.model}: the same${url === '' ? '' : ` at ${url}`}`;
}

function describeAttempt(failed: FailedAttempt, { times, advise }: { times: number; advise: AdviseAttempt }): string {
  const { attempt, error, model } = failed;
  const url = error?.url ?? attempt.endpoint;
  const message = attempt.message ?? attempt.outcome;
  const named = namesModel(message, { ref: attempt.model, model }) ? message : `${attempt.model}: ${message}`;
  const located = url === '' || named.includes(url) ? named : `${named} (${url})`;
  const counted = times === 1 ? located : `${located} It was asked ${times} times.`;
  const advice = advise(failed);
  return advice === undefined ? counted : `${counted} ${advice}`;
}

function namesModel(message: string, { ref, model }: { ref: string; model: CatalogModel | undefined }): boolean {
  if (message.includes(ref)) return true;
  return model !== undefined && message.includes(model.provider) && message.includes(model.model);
}
