/** A chunk of a streamed chat completion, as `openai` reads it. Only what is repaired is named. */
export interface CompletionChunk {
  readonly choices: readonly ChunkChoice[];
  readonly usage?: object | null | undefined;
}

/** A part of one answer. */
export interface ChunkChoice {
  readonly index: number;
  readonly delta: ChunkDelta;
  readonly finish_reason: string | null;
}

export interface ChunkDelta {
  readonly content?: string | null | undefined;
  readonly tool_calls?: readonly ChunkToolCall[] | undefined;
}

/** A fragment of a tool call. */
export interface ChunkToolCall {
  readonly index: number;
  readonly id?: string | undefined;
  readonly function?: { readonly name?: string | undefined; readonly arguments?: string | undefined } | undefined;
}

/** A tool of a request in OpenAI's shape. Tools that are no functions are ignored. */
export interface CompletionTool {
  readonly type: string;
  readonly function?: {
    readonly name: string;
    readonly description?: string | undefined;
    readonly parameters?: object | null | undefined;
  };
}
