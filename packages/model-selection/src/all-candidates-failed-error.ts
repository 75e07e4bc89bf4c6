import { ProviderError } from '@openclaw/provider';
import type { Attempt, ProviderErrorCode } from '@openclaw/provider';
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

/**
 * Nobody could answer. Its code and details are those of the most telling failure, which is its `cause`; its message
 * lists every attempt with what to try next.
 */
export class AllCandidatesFailedError extends ProviderError {
  /** Every attempt in the order in which they were made. */
  readonly attempts: readonly Attempt[];

  constructor(failed: readonly FailedAttempt[]) {
    const telling = mostTelling(failed);
    super(telling?.code ?? 'model-not-found', describe(failed), { ...detailsOf(telling), cause: telling });
    this.attempts = failed.map(({ attempt }) => attempt);
  }
}

/**
 * The higher, the more it helps the caller to know: first what is wrong with the request itself, then what may pass by
 * itself, then what somebody has to put right.
 */
const TELLING: Readonly<Record<ProviderErrorCode, number>> = {
  aborted: 13,
  'invalid-request': 12,
  'context-length-exceeded': 11,
  'rate-limited': 10,
  overloaded: 9,
  timeout: 8,
  'server-error': 7,
  'invalid-response': 6,
  'connection-failed': 5,
  'authentication-failed': 4,
  billing: 3,
  unsupported: 2,
  'model-not-found': 1,
};

/** Of several attempts at one model the last counts. */
function mostTelling(failed: readonly FailedAttempt[]): ProviderError | undefined {
  const errors = new Map(failed.map(({ attempt, error }) => [attempt.model, error]));
  const known = [...errors.values()].filter((error) => error !== undefined);
  return known.toSorted((a, b) => TELLING[b.code] - TELLING[a.code])[0];
}

function detailsOf(error: ProviderError | undefined) {
  if (error === undefined) return {};
  const { provider, model, url, status, retryAfterMs, serverMessage, clock, connection, capability } = error;
  return { provider, model, url, status, retryAfterMs, serverMessage, clock, connection, capability };
}

function describe(failed: readonly FailedAttempt[]): string {
  const lines = failed.map(describeAttempt);
  return lines.length === 1
    ? lines.join('')
    : ['No model could answer.', ...lines.map((line) => `- ${line}`)].join('\n');
}

function describeAttempt({ attempt, error, model, commands }: FailedAttempt): string {
  const url = error?.url ?? attempt.endpoint;
  const message = attempt.message ?? attempt.outcome;
  const named = namesModel(message, { ref: attempt.model, model }) ? message : `${attempt.model}: ${message}`;
  const located = url === '' || named.includes(url) ? named : `${named} (${url})`;
  const command = error === undefined || model === undefined ? undefined : NEXT_COMMAND[error.code](model, commands);
  return command === undefined || located.includes(command) ? located : `${located} Try: ${command}`;
}

function namesModel(message: string, { ref, model }: { ref: string; model: CatalogModel | undefined }): boolean {
  if (message.includes(ref)) return true;
  return model !== undefined && message.includes(model.provider) && message.includes(model.model);
}

type NextCommand = (model: CatalogModel, commands: ProviderCommands | undefined) => string | undefined;

const nothing: NextCommand = () => undefined;
const askServer: NextCommand = ({ endpoint }) => `curl ${endpoint.replace(/\/$/, '')}/models`;
const listModels: NextCommand = () => 'openclaw models list';

/** What to type next, per failure. */
const NEXT_COMMAND: Readonly<Record<ProviderErrorCode, NextCommand>> = {
  aborted: nothing,
  'authentication-failed': () => 'openclaw models auth list',
  billing: listModels,
  'connection-failed': (model, commands) => commands?.start ?? askServer(model, commands),
  'context-length-exceeded': listModels,
  'invalid-request': nothing,
  'invalid-response': askServer,
  'model-not-found': (model, commands) => pullCommand(commands, model) ?? 'openclaw models list',
  overloaded: askServer,
  'rate-limited': askServer,
  'server-error': askServer,
  timeout: askServer,
  unsupported: listModels,
};
