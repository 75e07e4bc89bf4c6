import type { ChatSession } from './chat-session.ts';
import { didYouMean } from '../parse-command-arguments.ts';

/** The input of a slash command. */
export interface SlashInvocation {
  readonly session: ChatSession;
  /** The text after the command. */
  readonly argument: string;
  readonly print: (line: string) => void;
}

interface SlashCommand {
  readonly usage: string;
  readonly does: string;
  /** Resolves to `quit` if the session is over. */
  readonly run: (invocation: SlashInvocation) => Promise<'quit' | void>;
}

/** Commands that can be typed instead of a message. */
export const SLASH_COMMANDS: Readonly<Record<string, SlashCommand>> = {
  '/model': {
    usage: '/model [name]',
    does: 'Show the model, or choose another',
    async run({ session, argument, print }) {
      if (argument !== '') await session.choose(argument);
      print(`Model: ${session.model ?? 'the default model and its fallbacks'}`);
    },
  },
  '/models': {
    usage: '/models',
    does: 'List the available models',
    async run({ session, print }) {
      const refs = await session.list();
      if (refs.length === 0) return print('No models found. In another terminal: openclaw doctor');
      print(refs.map((ref) => (ref === session.model ? `${ref} (current)` : ref)).join('\n'));
    },
  },
  '/reset': {
    usage: '/reset',
    does: 'Forget the conversation',
    async run({ session, print }) {
      session.reset();
      print('Started a new conversation.');
    },
  },
  '/help': {
    usage: '/help',
    does: 'Show this list',
    async run({ print }) {
      const width = Math.max(...Object.values(SLASH_COMMANDS).map(({ usage }) => usage.length));
      print(
        Object.values(SLASH_COMMANDS)
          .map(({ usage, does }) => `${usage.padEnd(width)}  ${does}`)
          .join('\n'),
      );
      print(
        'A line that ends in \\ continues; """ starts and ends a text of several lines. Ctrl-C stops an answer, Ctrl-D quits.',
      );
    },
  },
  '/exit': {
    usage: '/exit',
    does: 'Quit; the same as Ctrl-D',
    async run() {
      return 'quit';
    },
  },
};

/** Runs a slash command; `undefined` if the line is a message, for example `/etc/hosts says …`. */
export function runSlashCommand(
  line: string,
  context: Omit<SlashInvocation, 'argument'>,
): Promise<'quit' | void> | undefined {
  const [, name, argument = ''] = /^(\/[a-z]+)(?:\s+(.*))?$/s.exec(line.trim()) ?? [];
  if (name === undefined) return undefined;
  const command = Object.hasOwn(SLASH_COMMANDS, name) ? SLASH_COMMANDS[name] : undefined;
  if (command !== undefined) return command.run({ ...context, argument: argument.trim() });
  context.print(
    `There is no command ${name}.${didYouMean(name, Object.keys(SLASH_COMMANDS))} /help lists the commands.`,
  );
  return Promise.resolve();
}
