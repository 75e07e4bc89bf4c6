import { readFencedCalls } from './grammar/fenced-call.ts';
import type { CallForm, ModelFamily, ToolCallSyntax } from './model-family.ts';
import { FAMILIES } from './syntaxes/families.ts';
import { createWordSet, readWord } from './text-reader.ts';
import type { Parse, TextReader, WordSet } from './text-reader.ts';
import type { FoundCall, ToolIndex } from './tool-index.ts';

/** The calls of a candidate. */
export interface FoundCalls {
  readonly calls: readonly FoundCall[];
  readonly form: CallForm;
  readonly label: string;
}

/** Reads calls in the forms of all families. */
export interface ToolCallReader {
  /** Finds the first characters of markers within lines. */
  readonly markerStart: RegExp;
  /** Finds those and the first letters of markers that count only at the start of a line. */
  readonly lineStart: RegExp;
  /** Reads calls in any form, or a `closing` marker. What it read of other text is no start of a call. */
  read(reader: TextReader): Parse<FoundCalls | 'closing' | undefined>;
}

const FENCE = '```';

/** Families whose forms any model may be taught by its template. */
const GENERAL: ReadonlySet<string> = new Set(['json', 'tags']);

/** Closing markers of all forms. They mean nothing alone. */
const CLOSINGS: ReadonlySet<string> = new Set(FAMILIES.flatMap(({ closings = [] }) => closings));
const CLOSING_WORDS = createWordSet(CLOSINGS);

interface Form extends ToolCallSyntax {
  readonly family: string;
}

const FORMS: readonly Form[] = FAMILIES.flatMap(({ id, syntaxes = [] }) =>
  syntaxes.map((syntax) => ({ ...syntax, family: id })),
);

/** Forms by openings that do not depend on the tools. */
const FIXED_FORMS: ReadonlyMap<string, readonly Form[]> = formsByOpening(FORMS, ({ opening }) =>
  typeof opening === 'function' ? [] : typeof opening === 'string' ? [opening] : opening,
);
const FIXED_MARKERS = [...FIXED_FORMS.keys(), ...CLOSINGS, FENCE];
const FIXED_WORDS = createWordSet(FIXED_MARKERS);

/** Forms whose openings contain the name of a tool. */
const NAMED_FORMS = FORMS.flatMap(({ opening, ...form }) =>
  typeof opening === 'function' ? [{ ...form, opening }] : [],
);

/** A marker that begins with a letter is a marker only at the start of a line. */
export const WORD_CHARACTER = /[\p{L}\p{N}_]/u;
const FIXED_STARTS = FIXED_MARKERS.map((marker) => marker.charAt(0));

/** Prepares the reading of calls of these tools. `family` is that of the model, if it is known. */
export function createToolCallReader(
  tools: ToolIndex,
  { family }: { readonly family?: ModelFamily | undefined } = {},
): ToolCallReader {
  let named: { readonly forms: ReadonlyMap<string, readonly Form[]>; readonly words: WordSet } | undefined;

  return { ...markerStarts(), read };

  function* read(reader: TextReader): Parse<FoundCalls | 'closing' | undefined> {
    named ??= withNames();
    const { read: characters, word } = yield* readWord(reader, named.words);
    if (word === undefined) {
      // Some servers remove the end of a closing marker at the end of an answer.
      const isUnfinished = characters.startsWith('</') && reader.peek() === '' && !reader.cut;
      return isUnfinished ? 'closing' : undefined;
    }
    if (word === FENCE) {
      const calls = yield* readFencedCalls(reader, read);
      return calls && { calls, form: 'fenced', label: 'a code block' };
    }
    const start = reader.offset;
    let end = start;
    for (const syntax of named.forms.get(word) ?? FIXED_FORMS.get(word) ?? []) {
      reader.moveTo(start);
      const calls = yield* syntax.read(reader, tools);
      if (calls) return { calls, form: formOf(syntax), label: syntax.label };
      end = Math.max(end, reader.offset);
    }
    reader.moveTo(end);
    return CLOSINGS.has(word) ? 'closing' : undefined;
  }

  /** A form of the model's own family needs no further evidence, one of another family does. */
  function formOf(syntax: Form): CallForm {
    if (family === undefined || GENERAL.has(syntax.family)) return syntax.form;
    return syntax.family === family.id ? 'marked' : 'bare';
  }

  function withNames(): NonNullable<typeof named> {
    const byOpening = formsByOpening(NAMED_FORMS, ({ opening }) =>
      tools.names.flatMap((name) => openingsOf(opening, name)),
    );
    return { forms: byOpening, words: createWordSet(byOpening.keys(), FIXED_WORDS) };
  }

  function markerStarts(): Pick<ToolCallReader, 'markerStart' | 'lineStart'> {
    const names = tools.names.flatMap((name) => NAMED_FORMS.flatMap(({ opening }) => openingsOf(opening, name)));
    const starts = [...new Set([...FIXED_STARTS, ...names.map((opening) => opening.charAt(0))])];
    const anywhere = `[${starts
      .filter((mark) => !WORD_CHARACTER.test(mark))
      .map(escape)
      .join('')}]`;
    const atLineStart = `[${starts
      .filter((mark) => WORD_CHARACTER.test(mark))
      .map(escape)
      .join('')}]`;
    return {
      markerStart: new RegExp(anywhere, 'g'),
      lineStart: new RegExp(`${anywhere}|${atLineStart}(?<![^\\n].)`, 'g'),
    };
  }
}

/** Reads a closing marker. */
export function* readClosing(reader: TextReader): Parse<string | undefined> {
  return (yield* readWord(reader, CLOSING_WORDS)).word;
}

function openingsOf(opening: ToolCallSyntax['opening'], name: string): readonly string[] {
  return typeof opening === 'function' ? opening(name) : [];
}

function formsByOpening(
  forms: readonly Form[],
  openings: (form: Form) => readonly string[],
): ReadonlyMap<string, readonly Form[]> {
  const byOpening = new Map<string, Form[]>();
  for (const form of forms) {
    for (const opening of openings(form)) {
      const known = byOpening.get(opening);
      if (known) known.push(form);
      else byOpening.set(opening, [form]);
    }
  }
  return byOpening;
}

function escape(character: string): string {
  return character.replace(/[\\\]^-]/, '\\$&');
}
