import { ConfigError, formatConfigIssue, type ConfigErrorCode } from '@openclaw/config';
import { AllCandidatesFailedError, ModelSelectionError, type ModelSelectionErrorCode } from '@openclaw/model-selection';
import { isProviderError, type ProviderError } from '@openclaw/provider';
import { describeFailure as describeRequestFailure, OllamaDiscoveryError } from '@openclaw/runtime/internal';
import { CliError, EXIT_CODES, type CliErrorCode } from './cli-error.ts';
import { noteNextCommands } from './note-next-commands.ts';
import type { Output } from './output.ts';

interface ReportOptions {
  readonly output: Output;
  /** The command as typed, without `openclaw`. */
  readonly typed: string;
  /** Whether stack traces are shown, `OPENCLAW_DEBUG=1`. */
  readonly debug: boolean;
}

/** Reports a failure on standard error, and with `--json` also on standard output; returns the exit code. */
export function reportError(error: unknown, { output, typed, debug }: ReportOptions): number {
  const failure = describeFailure(error, typed);
  if (output.format === 'json') {
    const { code: type, message, fields, nextCommands } = failure;
    output.show({
      json: () => ({
        ok: false,
        error: { type, code: type, ...fields, message, ...(nextCommands.length > 0 ? { nextCommands } : {}) },
      }),
      text: () => '',
    });
  }
  const { noteStyle: style } = output;
  const label = failure.code === 'interrupted' ? '' : `${style.error('Error:')} `;
  const text = failure.text ?? failure.message;
  output.note(`${label}${text}`);
  noteNextCommands(
    output,
    failure.nextCommands.filter((command) => !text.includes(`Try: ${command}`)),
  );
  if (debug && error instanceof Error) output.note(describeStack(error));
  return EXIT_CODES[failure.code];
}

/** A failure, described for people. */
export interface Failure {
  readonly code: CliErrorCode;
  readonly message: string;
  /** The text for a terminal, if it differs from the message. */
  readonly text?: string;
  readonly nextCommands: readonly string[];
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Describes an error. An unknown error is reported as a bug of this program. */
export function describeFailure(error: unknown, typed = ''): Failure {
  if (error instanceof CliError) {
    const nextCommands =
      error.code === 'usage' && error.nextCommands.length === 0
        ? [`openclaw ${typed === '' ? '' : `${typed} `}--help`]
        : error.nextCommands;
    return { code: error.code, message: error.message, nextCommands, fields: error.fields };
  }
  if (error instanceof ConfigError) return describeConfigError(error);
  // No request was sent: the reason why no model could be selected is more helpful than the failed request.
  if (isProviderError(error) && error.cause instanceof ModelSelectionError) return describeFailure(error.cause);
  if (error instanceof ModelSelectionError) {
    const { code, candidates } = error;
    const message = describeRequestFailure(error);
    return { code: 'failed', message, nextCommands: CHOOSE[code], fields: { code, candidates } };
  }
  if (isProviderError(error)) return describeProviderError(error);
  if (error instanceof OllamaDiscoveryError) return describeDiscoveryError(error);
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'failed',
    message: `Unexpected error: ${message}. Please report it with the output of OPENCLAW_DEBUG=1.`,
    nextCommands: [`OPENCLAW_DEBUG=1 openclaw ${typed}`.trim()],
    fields: { code: 'unforeseen' },
  };
}

/** Commands to run next if no model could be selected; none if the message names models. */
const CHOOSE: Record<ModelSelectionErrorCode, readonly string[]> = {
  'ambiguous-name': [],
  'invalid-reference': ['openclaw models list'],
  'no-image-model': [],
  'no-model-configured': ['openclaw onboard', 'openclaw doctor'],
  'no-tool-model': [],
  'no-usable-model': ['openclaw doctor'],
  'unknown-model': [],
  'unknown-provider': ['openclaw doctor'],
};

/** An invalid configuration exits with 78. A rejected edit changed nothing and exits with 1. */
const CONFIG_FAILURE: Record<ConfigErrorCode, CliErrorCode> = {
  invalid: 'configuration',
  unreadable: 'configuration',
  'bad-path': 'usage',
  'path-not-found': 'failed',
  'bad-value': 'failed',
  'read-only': 'failed',
  locked: 'failed',
  'ambiguous-owner': 'failed',
};

function describeConfigError({ code, issues, message }: ConfigError): Failure {
  const count = issues.length === 1 ? 'one problem' : `${issues.length} problems`;
  return {
    code: CONFIG_FAILURE[code],
    message,
    ...(issues.length > 0
      ? { text: `The configuration has ${count}.\n${issues.map(formatConfigIssue).join('\n')}` }
      : {}),
    nextCommands: code === 'invalid' ? ['openclaw doctor'] : [],
    fields: { code, ...(issues.length > 0 ? { issues } : {}) },
  };
}

function describeDiscoveryError({ code, message, url, status, nextCommand }: OllamaDiscoveryError): Failure {
  const fields = { code, url, status };
  if (code === 'aborted') return { code: 'interrupted', message: 'Interrupted.', nextCommands: [], fields };
  return { code: 'failed', message, nextCommands: nextCommand === undefined ? [] : [nextCommand], fields };
}

function describeProviderError(error: ProviderError): Failure {
  const { code, provider, model, url, status, clock, connection, serverMessage } = error;
  const attempts = error instanceof AllCandidatesFailedError ? error.attempts : undefined;
  const fields = { code, provider, model, url, status, clock, connection, serverMessage, attempts };
  if (code === 'aborted') return { code: 'interrupted', message: 'Interrupted.', nextCommands: [], fields };
  const notRunning = connection === 'refused' && provider === 'ollama';
  const message = describeRequestFailure(error);
  const quoted = [serverMessage, ...(attempts ?? []).map((attempt) => attempt.message)];
  return {
    code: 'failed',
    message,
    text: quoted.reduce<string>(
      (text, words = '') => text.replaceAll(words, words.replaceAll(/\s*\n\s*/g, ' ')),
      message,
    ),
    nextCommands: notRunning ? ['ollama serve'] : [],
    fields,
  };
}

function describeStack(error: Error): string {
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\nCaused by: ${describeStack(error.cause)}` : own;
}
