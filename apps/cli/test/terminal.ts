import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';

/** A terminal for tests. */
export interface TestTerminal {
  /** Sends keys as tmux names them (`Enter`, `C-c`), or text. */
  type(...keys: string[]): void;
  /** Pastes text, as a terminal with bracketed paste does. */
  paste(text: string): void;
  resize(columns: number, rows: number): void;
  /** Waits until the screen matches; returns the screen. */
  waitFor(pattern: RegExp): Promise<string>;
  screen(): string;
  close(): void;
}

/** Whether this machine has tmux. */
export const hasTmux = spawnSync('tmux', ['-V']).status === 0;

const WAIT_MS = 45_000;
const LOOK_MS = 50;

/** Runs a command in a separate tmux server. */
export function openTerminal(command: string, { env }: { env: Record<string, string> }): TestTerminal {
  const socket = `openclaw-test-${randomUUID()}`;
  const tmux = (...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync('tmux', ['-L', socket, '-f', '/dev/null', ...args], {
      env: { ...env, TERM: 'xterm-256color', LC_ALL: 'C.UTF-8' },
      encoding: 'utf8',
    });
    if (status !== 0 && args[0] !== 'kill-server') throw new Error(`tmux ${args[0]}: ${stderr}`);
    return stdout;
  };
  tmux('new-session', '-d', '-x', '100', '-y', '40', `${command}; echo "exit code $?"; exec sleep 600`);
  const screen = (): string => tmux('capture-pane', '-p', '-S', '-200').trimEnd();
  return {
    type: (...keys) => void tmux('send-keys', ...keys),
    paste(text) {
      tmux('set-buffer', text);
      tmux('paste-buffer', '-p');
    },
    resize: (columns, rows) => void tmux('resize-window', '-x', String(columns), '-y', String(rows)),
    screen,
    async waitFor(pattern) {
      const until = Date.now() + WAIT_MS;
      for (;;) {
        const shown = screen();
        if (pattern.test(shown)) return shown;
        if (Date.now() > until) throw new Error(`The screen never showed ${pattern}:\n${shown}`);
        // A terminal does not report changes, so it is polled.
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
    },
    close: () => void tmux('kill-server'),
  };
}
