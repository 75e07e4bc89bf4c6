import type { ChatSession } from './chat-session.ts';
import { didYouMean } from '../parse-command-arguments.ts';

/** The input of a slash command. */
export interface SlashInvocation {
  readonly session: ChatSession;
  /** Clears the conversation. */
  readonly reset: () => void;
  /** The text after the command. */
  readonly argument: string;
  readonly print: (line: string) => void;
  /** Copies a text to the clipboard of the terminal. */
  readonly copy: (text: string) => void;
}

interface SlashCommand {
  readonly usage: string;
  readonly does: string;
  /** Resolves to `quit` if the session is over. */
  readonly run: (invocation: SlashInvocation) => Promise<'quit' | void>;
}

/** The levels of `/think`, and the reasoning effort of each. */
const THINKING: readonly { readonly name: string; readonly effort: string | undefined }[] = [
  { name: 'off', effort: 'none' },
  { name: 'low', effort: 'low' },
  { name: 'medium', effort: 'medium' },
  { name: 'high', effort: 'high' },
  { name: 'default', effort: undefined },
];

/** Base64 makes it 100,000 characters, which is the limit of xterm and tmux. */
const MAX_COPIED_BYTES = 74_000;

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
  '/system': {
    usage: '/system [text]',
    does: 'Show the system instructions, or set them; /system off removes them',
    async run({ session, argument, print }) {
      if (argument !== '') session.system = argument === 'off' ? undefined : argument;
      print(session.system === undefined ? 'No system instructions.' : `System instructions: ${session.system}`);
    },
  },
  '/think': {
    usage: '/think [level]',
    does: 'Show how much the model thinks, or set it: off, low, medium, high, default',
    async run({ session, argument, print }) {
      if (argument !== '') {
        const level = THINKING.find(({ name }) => name === argument);
        if (level === undefined) return print(`/think takes ${THINKING.map(({ name }) => name).join(', ')}.`);
        session.reasoningEffort = level.effort;
      }
      const current = THINKING.find(({ effort }) => effort === session.reasoningEffort);
      print(`Thinking: ${current?.name ?? session.reasoningEffort}`);
    },
  },
  '/copy': {
    usage: '/copy',
    does: 'Copy the last answer to the clipboard',
    async run({ session, print, copy }) {
      const { lastAnswer } = session;
      if (lastAnswer === undefined) return print('There is no answer yet.');
      if (Buffer.byteLength(lastAnswer) > MAX_COPIED_BYTES)
        return print('The answer is too long for the clipboard of a terminal.');
      copy(lastAnswer);
      print('Copied, if your terminal allows it (OSC 52).');
    },
  },
  '/reset': {
    usage: '/reset',
    does: 'Forget the conversation, and start another one',
    async run({ reset, print }) {
      reset();
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
