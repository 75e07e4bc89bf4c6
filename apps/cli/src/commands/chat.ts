import { join } from 'node:path';
import { resolveConfigPaths } from '@openclaw/config';
import { hasControls } from '@openclaw/runtime/escape-controls';
import type { Runtime } from '@openclaw/runtime/internal';
import { createChatPrompt, type ChatPrompt } from '../chat/chat-prompt.ts';
import { readHistory, writeHistory } from '../chat/history-file.ts';
import { openChatStore } from '../chat/chat-store.ts';
import { openConversation } from '../chat/open-conversation.ts';
import { runConversation } from '../chat/run-conversation.ts';
import { SLASH_COMMANDS } from '../chat/slash-commands.ts';
import { CliError } from '../cli-error.ts';
import { defineCommand } from '../define-command.ts';
import type { Host } from '../host.ts';
import { withNamedOllama } from '../models/with-named-ollama.ts';
import { withRuntime } from '../with-runtime.ts';

/** A conversation in a terminal. */
export const chat = defineCommand({
  options: {
    model: { type: 'string', placeholder: 'name', description: 'Use this model', completes: 'model' },
    continue: { type: 'boolean', short: 'c', description: 'Continue the last saved conversation' },
    save: { type: 'boolean', description: 'Save the conversation (default); --no-save does not' },
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
    { line: 'openclaw chat --continue', does: 'Continue the last conversation.' },
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
    const store = openChatStore(join(resolveConfigPaths(host).stateDir, 'chats'), host);
    const last = values.continue === true ? await store.newest() : undefined;
    await withRuntime(host, {
      adjust: (loaded) => withNamedOllama(loaded, values.model ?? last?.chat.model),
      use: async (runtime) => {
        const session = await openConversation(host, {
          runtime,
          store,
          model: values.model,
          last,
          continues: values.continue === true,
          saves: values.save ?? runtime.loaded.config.chat.save,
          system: values.system,
          agent: values.agent,
          streaming: values.stream,
          reasoning: values.reasoning === 'hide' ? 'hide' : 'show',
        });
        const model = session.session.model ?? (await findDefaultModel(runtime, values.agent));
        const prompt = await openPrompt(host, runtime);
        try {
          await runConversation({ ...session, model, prompt, host });
        } finally {
          prompt.close();
          await session.saved();
        }
      },
    });
  },
});

/** @throws {ModelSelectionError} if there is none: nothing typed could be answered */
async function findDefaultModel(runtime: Runtime, agent: string | undefined): Promise<string> {
  const { candidates } = await runtime.explain(agent === undefined ? {} : { agent });
  return candidates[0]?.model.ref ?? 'The default model';
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
