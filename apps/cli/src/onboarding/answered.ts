import type { CANCEL_SYMBOL } from '@clack/prompts';
import { CliError } from '../cli-error.ts';
import { safePrompts as prompts } from '../render/safe-prompts.ts';

/** The answer of a question. Ctrl-C at a question quits, with nothing written. */
export function answered<Answer>(answer: Answer | typeof CANCEL_SYMBOL): Answer {
  if (!prompts.isCancel(answer)) return answer;
  throw new CliError('interrupted', 'Nothing was written.');
}
