import type { JsonObject } from '@openclaw/provider';

/** What a client program needs to know of the gateway. */
export interface Connection {
  /** Without a path: `http://127.0.0.1:18789`. */
  readonly url: string;
  /** The token, or a placeholder; clients that insist on a key get one that is not checked if there is no token. */
  readonly key: string;
  /** The name to ask for: `openclaw`. */
  readonly model: string;
  /** Of the model, in tokens. Clients compact a conversation when it comes near. */
  readonly contextWindow: number;
}

/** How to set up one client program. */
export interface ClientSetup {
  /** The file that holds its settings. */
  readonly file?: SettingsFile;
  /** Commands for a shell. */
  readonly shell?: string;
  /** A program. */
  readonly code?: { readonly language: string; readonly text: string };
  /** What else to know or to do, in sentences. */
  readonly notes?: readonly string[];
}

/** A file below the home directory. JSON is merged into a file that exists; other text is for a new file only. */
export type SettingsFile = { readonly path: string } & (
  | { readonly format: 'json'; readonly value: JsonObject }
  | { readonly format: 'yaml' | 'toml'; readonly text: string }
);

/** A client program that works with the gateway. */
export interface Client {
  /** As a command line writes it: `claude-code`. */
  readonly id: string;
  readonly name: string;
  /** The API that it speaks. */
  readonly api: 'OpenAI chat completions' | 'OpenAI responses' | 'Anthropic messages' | 'Ollama';
  readonly setUp: (connection: Connection) => ClientSetup;
}

/** The text of a settings file that holds nothing else. */
export function renderFile(file: SettingsFile): string {
  return file.format === 'json' ? `${JSON.stringify(file.value, null, 2)}\n` : file.text;
}
