import type { Attempt, ProviderError, ProviderErrorCode } from '@openclaw/provider';
import type { CatalogModel, ProviderCommands } from './catalog-model.ts';
import { pullCommand } from './pull-command.ts';

/** A request to a model that failed, with what is needed to tell of it. */
export interface FailedAttempt {
  readonly attempt: Attempt;
  /** Absent when nobody was asked: the model is unknown, or its circuit kept it from being asked. */
  readonly error?: ProviderError;
  readonly model?: CatalogModel;
  readonly commands?: ProviderCommands | undefined;
}

/** Every attempt with URL, cause and what to type next, one a line; what several have in common is said once. */
export function describeAttempts(failed: readonly FailedAttempt[]): string {
  const asked = new Set(failed.filter(isAsked).map(({ attempt }) => attempt.model));
  const telling = failed.filter((one) => isAsked(one) || !asked.has(one.attempt.model));
  const lines = [...Map.groupBy(telling, wayOf).values()].flatMap(describeGroup);
  return lines.length === 1
    ? lines.join('')
    : ['No model could answer.', ...lines.map((line) => `- ${line}`)].join('\n');
}

/** One that was passed over at first and asked in the end has more to say than that it was passed over. */
function isAsked({ attempt }: FailedAttempt): boolean {
  return attempt.outcome !== 'skipped';
}

/** Those that failed in the same way: the first in full, other models by name, and how often the first was asked. */
function describeGroup([first, ...others]: readonly FailedAttempt[]): string[] {
  if (first === undefined) return [];
  const again = others.filter(({ attempt }) => attempt.model === first.attempt.model);
  const otherModels = others.filter((one) => !again.includes(one));
  return [describeAttempt(first, { times: 1 + again.length }), ...new Set(otherModels.map(repetition))];
}

/** In which way an attempt failed: what happened, but for the model's name, where, and what to do about it. */
function wayOf(failed: FailedAttempt): string {
  const { attempt, error, model } = failed;
  const names = [attempt.model, model?.model ?? attempt.model];
  const message = names.reduce((text, name) => text.replaceAll(name, '…'), attempt.message ?? '');
  return JSON.stringify([attempt.endpoint, attempt.outcome, error?.url, message, nextCommand(failed)]);
}

function repetition({ attempt, error }: FailedAttempt): string {
  const url = error?.url ?? attempt.endpoint;
  return `${attempt.model}: the same${url === '' ? '' : ` at ${url}`}`;
}

function describeAttempt(failed: FailedAttempt, { times }: { times: number }): string {
  const { attempt, error, model } = failed;
  const url = error?.url ?? attempt.endpoint;
  const message = attempt.message ?? attempt.outcome;
  const named = namesModel(message, { ref: attempt.model, model }) ? message : `${attempt.model}: ${message}`;
  const located = url === '' || named.includes(url) ? named : `${named} (${url})`;
  const counted = times === 1 ? located : `${located} It was asked ${times} times.`;
  const command = nextCommand(failed);
  return command === undefined || located.includes(command) ? counted : `${counted} Try: ${command}`;
}

function nextCommand({ error, model, commands }: FailedAttempt): string | undefined {
  return error === undefined || model === undefined ? undefined : NEXT_COMMAND[error.code](model, { error, commands });
}

function namesModel(message: string, { ref, model }: { ref: string; model: CatalogModel | undefined }): boolean {
  if (message.includes(ref)) return true;
  return model !== undefined && message.includes(model.provider) && message.includes(model.model);
}

type NextCommand = (
  model: CatalogModel,
  failed: { readonly error: ProviderError; readonly commands: ProviderCommands | undefined },
) => string | undefined;

const nothing: NextCommand = () => undefined;
const askServer: NextCommand = ({ endpoint }) => `curl ${endpoint.replace(/\/$/, '')}/models`;
const listModels: NextCommand = () => 'openclaw models list';

/** Starting the server helps when nothing listens where it should be, and not when the way there is wrong. */
function startServer({ error, commands }: Parameters<NextCommand>[1]): string | undefined {
  return error.connection === undefined || error.connection === 'refused' ? commands?.start : undefined;
}

/** What to type next, per failure. */
const NEXT_COMMAND: Readonly<Record<ProviderErrorCode, NextCommand>> = {
  aborted: nothing,
  'authentication-failed': () => 'openclaw models auth list',
  billing: listModels,
  'connection-failed': (model, failed) => startServer(failed) ?? askServer(model, failed),
  'context-length-exceeded': listModels,
  'invalid-request': nothing,
  'invalid-response': askServer,
  'local-overload': nothing,
  'model-not-found': (model, { commands }) => pullCommand(commands, model) ?? 'openclaw models list',
  overloaded: askServer,
  'rate-limited': askServer,
  'server-error': askServer,
  timeout: askServer,
  unsupported: listModels,
};
