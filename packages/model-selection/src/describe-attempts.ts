import type { Attempt, ProviderError } from '@openclaw/provider';
import type { CatalogModel, ProviderCommands } from './catalog-model.ts';

/** A failed attempt, with the data to describe it. */
export interface FailedAttempt {
  readonly attempt: Attempt;
  /** Absent if no request was sent: the model is unknown, lacks a capability, or its circuit is open. */
  readonly error?: ProviderError;
  readonly model?: CatalogModel;
  readonly commands?: ProviderCommands | undefined;
}

/** Returns a sentence with the next step after a failed attempt; `undefined` for none. */
export type AdviseAttempt = (failed: FailedAttempt) => string | undefined;

/**
 * Describes every attempt with its URL and its cause, one per line; equal failures share a line.
 *
 * @param options.advise Its sentence ends the line. @default no advice
 */
export function describeAttempts(
  failed: readonly FailedAttempt[],
  { advise = () => undefined }: { readonly advise?: AdviseAttempt | undefined } = {},
): string {
  const sent = new Set(failed.filter(isSent).map(placeOf));
  const shown = failed.filter((one) => isSent(one) || !sent.has(placeOf(one)));
  const groups = Map.groupBy(shown, (attempt) => failureKey(attempt, advise));
  const lines = [...groups.values()].flatMap((group) => describeGroup(group, advise));
  return lines.length === 1
    ? lines.join('')
    : ['No model could answer.', ...lines.map((line) => `- ${line}`)].join('\n');
}

function placeOf({ attempt }: FailedAttempt): string {
  return `${attempt.endpointName ?? ''} ${attempt.model}`;
}

/** A skipped attempt is not shown if the model got a request later, at the same endpoint. */
function isSent({ attempt }: FailedAttempt): boolean {
  return attempt.outcome !== 'skipped';
}

/** Equal failures: the first in full with the number of its attempts, other models by name. */
function describeGroup([first, ...others]: readonly FailedAttempt[], advise: AdviseAttempt): string[] {
  if (first === undefined) return [];
  const again = others.filter(({ attempt }) => attempt.model === first.attempt.model);
  const otherModels = others.filter((one) => !again.includes(one));
  return [describeAttempt(first, { times: 1 + again.length, advise }), ...new Set(otherModels.map(repetition))];
}

/** The key of a failure: its cause without the name of the model, its URL and its advice. */
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
  const counted = times === 1 ? located : `${located} It was tried ${times} times.`;
  const advice = advise(failed);
  return advice === undefined ? counted : `${counted} ${advice}`;
}

function namesModel(message: string, { ref, model }: { ref: string; model: CatalogModel | undefined }): boolean {
  if (message.includes(ref)) return true;
  return model !== undefined && message.includes(model.provider) && message.includes(model.model);
}
