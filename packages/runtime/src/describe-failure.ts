import {
  AllCandidatesFailedError,
  describeAttempts,
  ModelSelectionError,
  tryParseModelRef,
} from '@openclaw/model-selection';
import type { FailedAttempt, LeftOutCandidate, LeftOutCode, ModelSelectionErrorCode } from '@openclaw/model-selection';
import { isProviderError } from '@openclaw/provider';
import type { ProviderError, ProviderErrorCode } from '@openclaw/provider';
import { commandsForHidden } from './commands-for-hidden.ts';
import { pullCommand } from './pull-command.ts';
import { NoModelFoundError, UnknownAgentError } from './selection-errors.ts';

/**
 * Describes a failed request to a user of our command and configuration: the facts, and what to do next. Errors of the
 * libraries state facts only; every sentence that names our commands or configuration keys is in this file.
 */
export function describeFailure(error: Error): string {
  // If no model could be selected, the cause has the reason.
  if (isProviderError(error) && error.cause instanceof ModelSelectionError) return describeFailure(error.cause);
  if (error instanceof AllCandidatesFailedError) return describeAttempts(error.failures, { advise: adviseAttempt });
  if (error instanceof NoModelFoundError) return describeNoModelFound(error);
  const advice = adviceFor(error);
  return advice === undefined ? error.message : `${error.message} ${advice}`;
}

/** Advice for a model that cannot handle the request. */
export function describeFix(leftOut: LeftOutCandidate): string {
  return FIX[leftOut.reason.code](leftOut);
}

function adviceFor(error: Error): string | undefined {
  if (error instanceof UnknownAgentError) return undefined;
  if (error instanceof ModelSelectionError) return SELECTION_ADVICE[error.code](error);
  return isProviderError(error) && isTotalLimit(error)
    ? 'Raise agents.defaults.timeoutSeconds, or set it to 0 for no limit.'
    : undefined;
}

/** The timeout of all candidates together has no provider. */
function isTotalLimit({ code, clock, provider }: ProviderError): boolean {
  return code === 'timeout' && clock === 'total' && provider === undefined;
}

/** The message has the reasons. */
function describeNoModelFound({ message, problems, hidden }: NoModelFoundError): string {
  const commands = [...problems.map(({ nextCommand }) => nextCommand), ...commandsForHidden(hidden)];
  const next = [...new Set(commands)].filter((command) => command !== undefined && !message.includes(command));
  return [message, ...next.map((command) => `Try: ${command}`)].join(' ');
}

const FETCH_OR_DECLARE =
  'Fetch a model, or declare one under models.providers.<id>.models. All models: openclaw models list.';

type AdviseSelection = (error: ModelSelectionError) => string | undefined;

const SELECTION_ADVICE: Readonly<Record<ModelSelectionErrorCode, AdviseSelection>> = {
  'ambiguous-name': () => undefined,
  'invalid-reference': () => undefined,
  'no-image-model': (error) =>
    adviseCandidate(error, 'Set a model that supports images: openclaw config set agents.defaults.imageModel.primary'),
  'no-model-configured': ({ candidates: [first] }) =>
    first === undefined
      ? 'Name one in agents.defaults.model. All models: openclaw models list.'
      : `Choose one: openclaw models set ${first}.`,
  'no-tool-model': (error) => adviseCandidate(error, 'Set a model that supports tools: openclaw models set'),
  'no-usable-model': (error) => adviseCandidate(error, 'Set a model that exists: openclaw models set'),
  'unknown-model': adviseUnknown,
  'unknown-provider': adviseUnknown,
};

function adviseCandidate({ candidates: [first], leftOut }: ModelSelectionError, command: string): string {
  if (first === undefined) return FETCH_OR_DECLARE;
  return leftOut[0]?.role === 'requested' ? 'Name one of these, or no model.' : `${command} ${first}.`;
}

function adviseUnknown({ wanted, commands }: ModelSelectionError): string {
  const pull = pullCommand(commands, { model: tryParseModelRef(wanted ?? '')?.model ?? '' });
  const list = 'All models: openclaw models list.';
  return pull === undefined ? list : `To fetch it: ${pull}. ${list}`;
}

const FIX: Readonly<Record<LeftOutCode, (leftOut: LeftOutCandidate) => string>> = {
  'no-images': () => 'Set agents.defaults.imageModel to a model that does.',
  'no-tools': ({ name, model }) =>
    `Name a model that does. If ${model?.ref ?? name} does, declare it under models.providers.${model?.provider ?? '<id>'}.models with compat.supportsTools: true.`,
  unknown: ({ name, commands }) => {
    const pull = pullCommand(commands, { model: tryParseModelRef(name)?.model ?? '' });
    const correct = 'Correct the name in the configuration, or remove it.';
    return pull === undefined ? correct : `Fetch it: ${pull}. ${correct}`;
  },
};

function adviseAttempt(failed: FailedAttempt): string | undefined {
  const { droppedTokens } = failed.error ?? {};
  if (droppedTokens !== undefined) return 'Choose a model that calls tools better, or send the request without tools.';
  const command = nextCommand(failed);
  return command === undefined || failed.attempt.message?.includes(command) === true ? undefined : `Try: ${command}`;
}

function nextCommand(failed: FailedAttempt): string | undefined {
  const { attempt, error, model, commands } = failed;
  if (error !== undefined && model !== undefined) return NEXT_COMMAND[error.code](failed);
  if (attempt.outcome !== 'model-not-found') return undefined;
  const name = tryParseModelRef(attempt.model)?.model ?? '';
  return pullCommand(commands, { model: name }) ?? 'openclaw models list';
}

type NextCommand = (failed: FailedAttempt) => string | undefined;

const nothing: NextCommand = () => undefined;
const listModels: NextCommand = () => 'openclaw models list';
const askServer: NextCommand = ({ attempt }) => `curl ${attempt.endpoint.replace(/\/$/, '')}/models`;

/** Starting the server only helps if nothing listens at its address. */
const startServer: NextCommand = (failed) => {
  const { error, commands } = failed;
  const canStart = error?.connection === undefined || error.connection === 'refused';
  return (canStart ? commands?.start : undefined) ?? askServer(failed);
};

/** The next command for each failure. */
const NEXT_COMMAND: Readonly<Record<ProviderErrorCode, NextCommand>> = {
  aborted: nothing,
  'authentication-failed': () => 'openclaw models auth list',
  billing: listModels,
  'connection-failed': startServer,
  'context-length-exceeded': listModels,
  'invalid-request': nothing,
  'invalid-response': askServer,
  'local-overload': nothing,
  'model-not-found': ({ model, commands }) =>
    pullCommand(commands, { model: model?.model ?? '' }) ?? 'openclaw models list',
  overloaded: askServer,
  'rate-limited': askServer,
  'server-error': askServer,
  timeout: askServer,
  unsupported: listModels,
};
