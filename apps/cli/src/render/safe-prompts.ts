import * as clack from '@clack/prompts';
import { escapeControls } from '@openclaw/runtime/escape-controls';

/** An answer to choose. */
interface PromptOption {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

interface TextQuestion {
  readonly message: string;
  /** A text of the program's own. */
  readonly placeholder: string;
  /** What is wrong with an answer, if anything. */
  readonly validate: (text: string | undefined) => string | undefined;
}

interface ChoiceOptions {
  readonly message: string;
  readonly options: readonly PromptOption[];
}

/**
 * Questions and messages at a terminal. `@clack/prompts` writes to the terminal itself, so everything that it shows is cleaned here.
 */
export const safePrompts = {
  isCancel: clack.isCancel,
  intro: (title: string) => clack.intro(clean(title)),
  outro: (message: string) => clack.outro(clean(message)),
  note: (message: string, title: string) => clack.note(clean(message), clean(title)),
  log: {
    message: (text: string) => clack.log.message(clean(text)),
    success: (text: string) => clack.log.success(clean(text)),
    warn: (text: string) => clack.log.warn(clean(text)),
    error: (text: string) => clack.log.error(clean(text)),
  },
  spinner() {
    const spinner = clack.spinner();
    return {
      start: (label: string) => spinner.start(clean(label)),
      stop: (label: string) => spinner.stop(clean(label)),
      error: (label: string) => spinner.error(clean(label)),
    };
  },
  select: ({ message, options }: ChoiceOptions) =>
    clack.select({ message: clean(message), options: options.map(cleanOption) }),
  multiselect: ({ message, options }: ChoiceOptions) =>
    clack.multiselect({ message: clean(message), options: options.map(cleanOption), required: false }),
  confirm: ({ message, initialValue = true }: { message: string; initialValue?: boolean }) =>
    clack.confirm({ message: clean(message), initialValue }),
  text: ({ message, ...options }: TextQuestion) => clack.text({ message: clean(message), ...options }),
  /** Asks on standard error, because standard output is for the result. */
  password: (message: string) => clack.password({ message: clean(message), output: process.stderr }),
};

/** The value is what the program gets back; a person sees the label. */
function cleanOption({ value, label, hint }: PromptOption): PromptOption {
  return { value, label: escapeControls(label), ...(hint === undefined ? {} : { hint: escapeControls(hint) }) };
}

function clean(text: string): string {
  return escapeControls(text.replaceAll('\r', ''), { keep: '\t\n' });
}
