import * as clack from '@clack/prompts';
import { escapeControls } from '@openclaw/runtime/escape-controls';
import { cleanForTerminal } from './clean-for-terminal.ts';

/** An option to select. */
interface PromptOption {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

interface TextQuestion {
  readonly message: string;
  /** A text of this program. */
  readonly placeholder: string;
  /** The problem of an invalid input. */
  readonly validate: (text: string | undefined) => string | undefined;
}

interface ChoiceOptions {
  readonly message: string;
  readonly options: readonly PromptOption[];
}

/** Prompts and messages for a terminal. `@clack/prompts` writes to the terminal itself, so its text is escaped here. */
export const safePrompts = {
  isCancel: clack.isCancel,
  intro: (title: string) => clack.intro(cleanForTerminal(title)),
  outro: (message: string) => clack.outro(cleanForTerminal(message)),
  note: (message: string, title: string) => clack.note(cleanForTerminal(message), cleanForTerminal(title)),
  log: {
    message: (text: string) => clack.log.message(cleanForTerminal(text)),
    success: (text: string) => clack.log.success(cleanForTerminal(text)),
    warn: (text: string) => clack.log.warn(cleanForTerminal(text)),
    error: (text: string) => clack.log.error(cleanForTerminal(text)),
  },
  spinner() {
    const spinner = clack.spinner();
    return {
      start: (label: string) => spinner.start(cleanForTerminal(label)),
      stop: (label: string) => spinner.stop(cleanForTerminal(label)),
      error: (label: string) => spinner.error(cleanForTerminal(label)),
    };
  },
  select: ({ message, options }: ChoiceOptions) =>
    clack.select({ message: cleanForTerminal(message), options: options.map(cleanOption) }),
  multiselect: ({ message, options }: ChoiceOptions) =>
    clack.multiselect({ message: cleanForTerminal(message), options: options.map(cleanOption), required: false }),
  confirm: ({ message, initialValue = true }: { message: string; initialValue?: boolean }) =>
    clack.confirm({ message: cleanForTerminal(message), initialValue }),
  text: ({ message, ...options }: TextQuestion) => clack.text({ message: cleanForTerminal(message), ...options }),
  /** Prompts are written to standard error, because standard output is for the result. */
  password: (message: string) => clack.password({ message: cleanForTerminal(message), output: process.stderr }),
};

/** The program gets the value; the user sees the label. */
function cleanOption({ value, label, hint }: PromptOption): PromptOption {
  return { value, label: escapeControls(label), ...(hint === undefined ? {} : { hint: escapeControls(hint) }) };
}
