import type { Host } from '../host.ts';
import { copyToClipboard } from '../render/control-sequence.ts';
import { wrapText } from '../render/word-wrap.ts';
import { reportError } from '../report-error.ts';
import type { ChatPrompt } from './chat-prompt.ts';
import type { Conversation } from './open-conversation.ts';
import { runSlashCommand } from './slash-commands.ts';

interface RunOptions extends Pick<Conversation, 'session' | 'ask' | 'reset' | 'notes'> {
  /** The model that answers first. */
  readonly model: string;
  readonly prompt: ChatPrompt;
  readonly host: Host;
}

/** Reads messages and commands until the user quits. A failure is shown, and the conversation goes on. */
export async function runConversation({ session, ask, reset, notes, model, prompt, host }: RunOptions): Promise<void> {
  const { output } = host;
  const columns = (): number | undefined => host.stderr.columns;
  const print = (text: string): void => output.note(output.noteStyle.dim(wrapText(text, { columns })));
  print(`${model} answers. /help lists the commands, Ctrl-D quits.`);
  for (const note of notes) print(note);
  const commands = { session, reset, print, copy: (text: string) => host.output.write(copyToClipboard(text)) };
  for (let line = await prompt.next(); line !== undefined; line = await prompt.next()) {
    if (line.trim() === '') continue;
    const text = line;
    try {
      const command = runSlashCommand(text, commands);
      if (command === undefined) {
        print(`${await prompt.interruptible((signal) => ask(text, { signal }))}\n`);
      } else if ((await command) === 'quit') {
        return;
      }
    } catch (error) {
      reportError(error, { output, typed: 'chat', debug: host.env['OPENCLAW_DEBUG'] === '1' });
    }
  }
}
