import type { ChatSession } from './chat-session.ts';
import { didYouMean } from '../parse-command-arguments.ts';

/** What a slash command is given. */
export interface SlashInvocation {
  readonly session: ChatSession;
  /** What stands after the command. */
  readonly argument: string;
  readonly say: (line: string) => void;
}

interface SlashCommand {
  readonly usage: string;
  readonly does: string;
  /** Resolves to `leave` when the session is over. */
  readonly run: (invocation: SlashInvocation) => Promise<'leave' | void>;
}

/** What can be typed in place of a message. */
export const SLASH_COMMANDS: Readonly<Record<string, SlashCommand>> = {
  '/model': {
    usage: '/model [name]',
    does: 'Show which model answers, or choose another',
    async run({ session, argument, say }) {
      if (argument !== '') await session.choose(argument);
      say(`Model: ${session.model ?? 'the default model and its fallbacks'}`);
    },
  },
  '/models': {
    usage: '/models',
    does: 'List the models that can be chosen',
    async run({ session, say }) {
      const refs = await session.list();
      if (refs.length === 0) return say('No models found. In another terminal: openclaw doctor');
      say(refs.map((ref) => (ref === session.model ? `${ref} (answers now)` : ref)).join('\n'));
    },
  },
  '/reset': {
    usage: '/reset',
    does: 'Forget the conversation',
    async run({ session, say }) {
      session.reset();
      say('The conversation begins anew.');
    },
  },
  '/help': {
    usage: '/help',
    does: 'Show this list',
    async run({ say }) {
      const width = Math.max(...Object.values(SLASH_COMMANDS).map(({ usage }) => usage.length));
      say(
        Object.values(SLASH_COMMANDS)
          .map(({ usage, does }) => `${usage.padEnd(width)}  ${does}`)
          .join('\n'),
      );
      say('A line that ends in \\ goes on; """ begins and ends a longer text. Ctrl-C stops an answer, Ctrl-D leaves.');
    },
  },
  '/exit': {
    usage: '/exit',
    does: 'Leave; Ctrl-D does the same',
    async run() {
      return 'leave';
    },
  },
};

/** Carries a slash command out; `undefined` when the line is none but a message, `/etc/hosts says …` for one. */
export function runSlashCommand(
  line: string,
  context: Omit<SlashInvocation, 'argument'>,
): Promise<'leave' | void> | undefined {
  const [, name, argument = ''] = /^(\/[a-z]+)(?:\s+(.*))?$/s.exec(line.trim()) ?? [];
  if (name === undefined) return undefined;
  const command = Object.hasOwn(SLASH_COMMANDS, name) ? SLASH_COMMANDS[name] : undefined;
  if (command !== undefined) return command.run({ ...context, argument: argument.trim() });
  context.say(`There is no ${name}.${didYouMean(name, Object.keys(SLASH_COMMANDS))} /help lists what there is.`);
  return Promise.resolve();
}
