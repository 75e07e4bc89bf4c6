import { join } from 'node:path';
import { hasControls } from '@openclaw/runtime/escape-controls';
import type { CollectedMessage } from '@openclaw/provider';
import type { Runtime } from '@openclaw/runtime/internal';
import { createChatPrompt, type ChatPrompt } from '../chat/chat-prompt.ts';
import { createChatSession, type ChatSession } from '../chat/chat-session.ts';
import { readHistory, writeHistory } from '../chat/history-file.ts';
import { runSlashCommand, SLASH_COMMANDS } from '../chat/slash-commands.ts';
import { CliError } from '../cli-error.ts';
import { defineCommand } from '../define-command.ts';
import type { Host } from '../host.ts';
import { renderAnswer } from '../render/answer.ts';
import { createMarkdownRenderer } from '../render/markdown.ts';
import { wrapText } from '../render/word-wrap.ts';
import { reportError } from '../report-error.ts';
import { withNamedOllama } from '../models/with-named-ollama.ts';
import { withRuntime } from '../with-runtime.ts';

/** A conversation in a terminal. */
export const chat = defineCommand({
  options: {
    model: { type: 'string', placeholder: 'name', description: 'Use this model', completes: 'model' },
    system: { type: 'string', placeholder: 'text', description: 'System instructions' },
    stream: { type: 'boolean', description: 'Request a stream (default); --no-stream requests a whole answer' },
    reasoning: {
      type: 'string',
      choices: ['show', 'hide'],
      description: 'Whether to print reasoning; default: show',
    },
    agent: { type: 'string', placeholder: 'id', description: 'Use the models of this agent' },
  },
  formats: [],
  examples: [
    { line: 'openclaw chat', does: 'Use the default model; /help lists the commands.' },
    {
      line: 'openclaw chat --model ollama/llama3.3 --system "Answer in Dutch."',
      does: 'Use one model, with system instructions.',
    },
  ],
  docs: 'docs/cli.md#openclaw-chat',
  async run({ values, host }) {
    if (host.openStdin().isTTY !== true || host.stdout.isTTY !== true) {
      throw new CliError('usage', 'openclaw chat needs a terminal. To send one message, use openclaw agent.', {
        nextCommands: ['openclaw agent -m "Why is the sky blue?"'],
      });
    }
    await withRuntime(host, {
      adjust: (loaded) => withNamedOllama(loaded, values.model),
      use: async (runtime) => {
        const screen = { ...host, reasoning: values.reasoning === 'hide' ? 'hide' : 'show' } as const;
        const columns = (): number | undefined => host.stdout.columns;
        const session = createChatSession({
          runtime,
          model: undefined,
          agent: values.agent,
          system: values.system,
          streaming: values.stream,
          show: (events) =>
            renderAnswer(events, { ...screen, text: createMarkdownRenderer(host.output.style, { columns }) }),
        });
        if (values.model !== undefined) await session.choose(values.model);
        const prompt = await openPrompt(host, runtime);
        try {
          await runConversation({ session, prompt, host });
        } finally {
          prompt.close();
        }
      },
    });
  },
});

interface Conversation {
  readonly session: ChatSession;
  readonly prompt: ChatPrompt;
  readonly host: Host;
}

async function runConversation({ session, prompt, host }: Conversation): Promise<void> {
  const { output } = host;
  const columns = (): number | undefined => host.stderr.columns;
  const print = (text: string): void => output.note(output.noteStyle.dim(wrapText(text, { columns })));
  print(
    `${session.model === undefined ? 'The default model answers' : `${session.model} answers`}. /help lists the commands, Ctrl-D quits.`,
  );
  for (let line = await prompt.next(); line !== undefined; line = await prompt.next()) {
    if (line.trim() === '') continue;
    const text = line;
    try {
      const command = runSlashCommand(text, { session, print });
      if (command === undefined) {
        const startedAt = host.now();
        const answer = await prompt.interruptible((signal) => session.ask(text, { signal }));
        print(describeAnswer(answer, { durationMs: host.now() - startedAt }));
      } else if ((await command) === 'quit') {
        return;
      }
    } catch (error) {
      reportError(error, { output, typed: 'chat', debug: host.env['OPENCLAW_DEBUG'] === '1' });
    }
  }
}

function describeAnswer({ model, usage }: CollectedMessage, { durationMs }: { durationMs: number }): string {
  const tokens = usage === undefined ? [] : [usage.outputTokens === 1 ? '1 token' : `${usage.outputTokens} tokens`];
  return `${[model, ...tokens, `${(durationMs / 1000).toFixed(1)} s`].join(', ')}\n`;
}

async function openPrompt(host: Host, runtime: Runtime): Promise<ChatPrompt> {
  const historyFile = join(runtime.loaded.stateDir, 'chat-history');
  const names = Object.keys(SLASH_COMMANDS);
  const history = await readHistory(historyFile);
  let written = Promise.resolve();
  let refs: readonly string[] = [];
  // Completion is optional. If a server cannot be reached, the next request reports it.
  void runtime.inventory().then(
    ({ models }) => {
      refs = models.map(({ ref }) => ref).filter((ref) => !hasControls(ref));
    },
    () => undefined,
  );
  const { style, noteStyle } = host.output;
  return createChatPrompt({
    input: host.openStdin(),
    output: host.stdout,
    prompt: style.bold('> '),
    continuation: style.dim('… '),
    history,
    onHistory: (newestFirst) => {
      // One write at a time: an older one must not replace a newer one.
      written = written.then(() => writeHistory(historyFile, newestFirst));
    },
    complete: (line) =>
      [...names, ...refs.map((ref) => `/model ${ref}`)].filter((known) => line !== '' && known.startsWith(line)),
    onIdleInterrupt: () => host.output.note(noteStyle.dim('To quit, press Ctrl-D or type /exit.')),
  });
}
