import { readFileSync } from 'node:fs';
import type { JsonObject, ToolDefinition } from '@openclaw/provider';

/** What a server sent according to a public report, rebuilt, with the one right reading of it. */
export interface WireReport {
  readonly file: string;
  /** The public thread of the report. */
  readonly thread: string;
  readonly notes: string;
  readonly status: number;
  readonly bytes: Uint8Array;
  readonly tools: readonly ToolDefinition[];
  readonly expected: WireReading;
}

/** The right reading of an answer. With an `error` nothing else is compared. */
export interface WireReading {
  readonly content?: string;
  readonly reasoning?: string;
  readonly toolCalls?: readonly { readonly name: string; readonly arguments: unknown }[];
  readonly finishReason?: string;
  readonly usage?: unknown;
  readonly error?: { readonly kind: string; readonly code?: string } | null;
  /** Whether blanks at the ends of the texts are compared. They are not by default. */
  readonly looseBlanks?: boolean;
}

interface IndexEntry {
  readonly file: string;
  readonly thread: string;
  readonly notes: string;
  readonly status?: number;
  readonly tools: readonly (string | { readonly function: ToolDefinition })[];
  readonly expected: WireReading;
}

const FOLDER = new URL('fixtures/wire-reports/', import.meta.url);

const PARAMETERS: Readonly<Record<string, Readonly<Record<string, 'string' | 'integer'>>>> = {
  get_weather: { city: 'string', days: 'integer' },
  read_file: { path: 'string', offset: 'integer', limit: 'integer' },
  write_file: { path: 'string', content: 'string' },
  list_dir: { path: 'string' },
  bash: { command: 'string', timeout: 'integer' },
  web_search: { query: 'string', topn: 'integer' },
  get_time: {},
};

/** All reports of the folder, in the order of its index. */
export function loadWireReports(): readonly WireReport[] {
  const entries = JSON.parse(readFileSync(new URL('index.json', FOLDER), 'utf8')) as readonly IndexEntry[];
  return entries.map(({ file, thread, notes, status = 200, tools, expected }) => ({
    file,
    thread,
    notes,
    status,
    bytes: readFileSync(new URL(file, FOLDER)),
    tools: tools.map((tool) => (typeof tool === 'string' ? toolOf(tool) : tool.function)),
    expected,
  }));
}

function toolOf(name: string): ToolDefinition {
  const properties: JsonObject = Object.fromEntries(
    Object.entries(PARAMETERS[name] ?? {}).map(([key, type]) => [key, { type }]),
  );
  return { name, description: name, parameters: { type: 'object', properties } };
}
