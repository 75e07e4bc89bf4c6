import type { Parse, TextReader } from './text-reader.ts';
import type { FoundCall, ToolIndex } from './tool-index.ts';

/** How certain a form is: with a marker that only calls have, JSON, XML or Python alone, or either in a code block. */
export type CallForm = 'marked' | 'bare' | 'fenced';

/** One way in which models write a call as text. */
export interface ToolCallSyntax {
  /** Its first characters, or several alternatives; for each tool where they contain the name of the tool. */
  readonly opening: string | readonly string[] | ((toolName: string) => readonly string[]);
  readonly form: CallForm;
  /** A description for the repair event. */
  readonly label: string;
  /** Reads the text after the opening; `undefined` as soon as it is not a call. */
  readonly read: (reader: TextReader, tools: ToolIndex) => Parse<readonly FoundCall[] | undefined>;
}

/** Marks around reasoning in the text of an answer. */
export interface ReasoningMarks {
  readonly opening: string;
  /** Any of them ends the block. */
  readonly closings: readonly string[];
  /** Marks of what follows, which end the block, too, and are not part of it. */
  readonly endsBefore?: readonly string[];
  /** Whether a closing mark alone ends a block whose opening is in the prompt, as `</think>` does. @default true */
  readonly closesAlone?: boolean;
  /** Whether the block is text of the answer if it is a JSON object. @default false */
  readonly jsonIsText?: boolean;
}

/** Marks around the answer itself. They are removed, and the text between them stays. */
export interface AnswerMarks {
  readonly opening: string;
  readonly closings: readonly string[];
  /** Whether a closing mark is removed where no opening mark was, as that is in the prompt. @default false */
  readonly closesAlone?: boolean;
  /** Whether they count only behind a reasoning block and around the rest of the answer, as other texts have such tags, too. */
  readonly afterReasoning?: boolean;
}

/** A text that a family writes, and its reading. With the tools `get_weather` (city, days) and `list_dir` (path). */
export interface FamilySample {
  readonly text: string;
  readonly calls?: readonly (readonly [name: string, args: unknown])[];
  readonly reasoning?: string;
  /** The text that remains. @default '' */
  readonly rest?: string;
}

/** How the models of one family write calls and reasoning, if a server does not turn them into fields. */
export interface ModelFamily {
  /** For options and messages: `kimi`. */
  readonly id: string;
  /** Its models, for people. */
  readonly models: string;
  /** How servers name the architectures of the family (`general.architecture`), or the start of those names. */
  readonly architectures: readonly string[];
  /** The grammar, for people, with `NAME`, `KEY`, `VALUE` and `JSON`. */
  readonly grammar: readonly string[];
  /** Where the grammar is documented or was reported. */
  readonly source: string;
  readonly syntaxes?: readonly ToolCallSyntax[];
  /** Closing markers. They mean nothing alone. */
  readonly closings?: readonly string[];
  readonly reasoning?: readonly ReasoningMarks[];
  readonly answer?: readonly AnswerMarks[];
  /** Tokens that end a turn. They are removed at the end of an answer, if they touch its last word. */
  readonly endTokens?: readonly string[];
  readonly samples: readonly FamilySample[];
}
