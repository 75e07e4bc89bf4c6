import type { JsonObject } from './json-value.ts';

/**
 * Waits until `simulator.release()` (`true`), or until a promise of the test settles. A disconnect of the client ends
 * it too.
 */
export type Hold = true | Promise<unknown>;

/** A call of a tool, complete, as Ollama always sends them. */
export interface ScriptedToolCall {
  name: string;
  /** An object; or a text that is sent as it stands, for arguments which are not valid JSON. */
  arguments?: JsonObject | string;
  /** @default an id of the form that the release makes */
  id?: string;
  /** @default the index that the release gives: often 0 for every call, see the README */
  index?: number;
}

/**
 * The output of the model in one batch of tokens. Reasoning and text in one step means that thinking ended inside the
 * batch; releases send that as one chunk or two.
 */
export interface Say {
  reasoning?: string;
  text?: string;
  toolCall?: ScriptedToolCall;
  /** Several calls in one batch. */
  toolCalls?: readonly ScriptedToolCall[];
}

/** An event other than output of the model. */
export type Incident =
  /**
   * The runner fails. Before any output: a status (500 by default) with the message; releases before 0.12.6 hide it in
   * a 200 stream unless `status` is given. After that: Ollama's masked chunk with `"model":""`, and the end, without
   * the message.
   */
  | { error: string | { message: string; status?: number } }
  /** Stalls for a while. */
  | { stallMs: number }
  /** Stalls until released. */
  | { stall: Hold }
  /** The connection is destroyed. A whole reply is cut before its headers, because nothing was sent by then. */
  | { cut: true }
  /**
   * A clean end without finish reason or `[DONE]`, as after 30 equal tokens. A whole reply has `finish_reason: null`.
   */
  | { end: true }
  /** Raw bytes. In a whole reply they precede the body, which is then not valid JSON. */
  | { raw: string | Uint8Array };

/** One step of a script. */
export type Step = Say | Incident;

/** A reply of a model, as data. It is played streamed or whole, in the format of the chosen release. */
export interface Script {
  steps: readonly Step[];
  /** With tool calls the wire has `tool_calls`. @default 'stop' */
  finishReason?: 'stop' | 'length';
  /** Ends a stream after its finish reason, without `[DONE]`. @default false */
  withoutDone?: boolean;
  /**
   * Sends text as text. Otherwise the parsers of the release look for thoughts and tool calls in it, and may drop what
   * they take for a broken call. @default false
   */
  verbatim?: boolean;
  /** @default an estimate: a token is four characters of the prompt, or one chunk of the answer */
  usage?: { promptTokens: number; completionTokens: number };
  /** Splits text and reasoning into chunks of so many characters (code points). @default one chunk per step */
  pieceLength?: number;
  /** Pause between chunks. @default 0 */
  pauseMs?: number;
  /** Time without headers before the first chunk, on top of any loading: a long prompt. @default 0 */
  promptMs?: number;
  /** Loads the model again for this request, in this many milliseconds, even if it was loaded. */
  loadMs?: number;
  /** The same, until released. */
  load?: Hold;
  /**
   * Leaves the model's slot taken after the answer, as a parser error of 0.12.0 to 0.32.14 can: further requests get no
   * byte until the model is unloaded. @default false
   */
  blocksSlot?: boolean;
}

/** A response without a model: any status with any body, or no response at all. */
export interface HttpReply {
  http: {
    /** @default 200 */
    status?: number;
    headers?: Readonly<Record<string, string>>;
    /** An object is sent as JSON. @default an empty body */
    body?: string | Uint8Array | JsonObject;
    /** Time before the headers are sent. */
    headersAfterMs?: number;
    /** Headers are held back until released. */
    headersAfter?: Hold;
    /** Destroy the connection (TCP reset) instead of an answer. */
    reset?: boolean;
  };
}

/** Bytes of an earlier exchange, sent again exactly; made by `playRecording`. */
export interface Recording {
  recording: {
    bytes: Uint8Array;
    slices: number | readonly number[] | 'whole';
    status: number;
    contentType: string;
    headers: Readonly<Record<string, string>>;
    ending: 'end' | 'cut' | 'stall';
  };
}

/** All kinds of replies. A text is a script of one step, an array has the steps of a script. */
export type Reply = string | readonly Step[] | Script | HttpReply | Recording;

/** The short forms of a script, written out. */
export function completeScript(reply: string | readonly Step[] | Script): Script {
  if (typeof reply === 'string') return { steps: [{ text: reply }] };
  return isSteps(reply) ? { steps: reply } : reply;
}

/** Whether a reply is a response without a model. */
export function isHttpReply(reply: Reply): reply is HttpReply {
  return typeof reply === 'object' && 'http' in reply;
}

/** Whether a reply is a recording. */
export function isRecording(reply: Reply): reply is Recording {
  return typeof reply === 'object' && 'recording' in reply;
}

/** Whether a step is output of the model. */
export function isSay(step: Step): step is Say {
  return 'text' in step || 'reasoning' in step || 'toolCall' in step || 'toolCalls' in step;
}

/** Splits output into pieces of this many code points; tool calls stay whole and come last. */
export function splitSay(say: Say, { pieceLength }: { pieceLength?: number | undefined }): Say[] {
  if (pieceLength === undefined) return [say];
  const { reasoning = '', text = '', ...calls } = say;
  return [
    ...pieces(reasoning, pieceLength).map((piece) => ({ reasoning: piece })),
    ...pieces(text, pieceLength).map((piece) => ({ text: piece })),
    ...(Object.keys(calls).length > 0 ? [calls] : []),
  ];
}

function pieces(text: string, length: number): string[] {
  const characters = Array.from(text);
  const size = Math.max(1, Math.floor(length));
  return Array.from({ length: Math.ceil(characters.length / size) }, (_, position) =>
    characters.slice(position * size, (position + 1) * size).join(''),
  );
}

function isSteps(reply: readonly Step[] | Script): reply is readonly Step[] {
  return Array.isArray(reply);
}
