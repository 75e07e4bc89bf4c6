import type { StreamEvent } from '@openclaw/provider';
import { createHeldText } from './held-text.ts';
import { createReasoningBlock, MAX_HELD_BLANKS } from './reasoning-block.ts';
import { findReasoningTag, tagMeaning, unfinishedTagLength } from './reasoning-tags.ts';
import type { ReasoningTag } from './reasoning-tags.ts';
import type { StreamTransform } from './stream-transform.ts';
import { createTextPosition } from './text-position.ts';

/** How the start of an answer is read. */
export interface ReasoningExtractionOptions {
  /** Whether the answer may start inside a reasoning block whose opening tag is in the prompt. */
  readonly expectReasoning: boolean;
}

/** How much text is held while the start of an answer may still be reasoning, in characters. */
const MAX_EXPECTED_CHARACTERS = 32_768;
/** How much text is held behind a tag within a line, which counts only if it is closed, in characters. */
const MAX_INLINE_CHARACTERS = 4096;

/** How text is read at the moment. In `inline` and `expecting` it is held until the next tag decides. */
type Mode =
  | { readonly type: 'text' }
  | { readonly type: 'reasoning'; readonly closing: string }
  | { readonly type: 'inline'; readonly opening: string; readonly closing: string }
  | { readonly type: 'expecting' };

const TEXT: Mode = { type: 'text' };

/**
 * Turns think blocks in the text into reasoning. A closing tag alone turns the text before it into reasoning, as far
 * as that was not emitted yet: in an answer that arrives in one piece, and with `expectReasoning`. Text that was
 * emitted stays text, and only the tag is removed. Blanks inside both ends of a block are removed, and those behind
 * it. Tags in code are text, and so is a closing tag right behind a backtick within a block. A block that is not
 * closed ends with the answer.
 */
export function createReasoningExtraction({ expectReasoning }: ReasoningExtractionOptions): StreamTransform {
  const position = createTextPosition();
  const held = createHeldText(position);
  const block = createReasoningBlock();
  let mode: Mode = expectReasoning ? { type: 'expecting' } : TEXT;
  /** The end of the input so far: an unfinished tag, or blanks at the start of the answer. */
  let unread = '';
  /** Closing tags whose opening tag was only mentioned. */
  const mentioned = new Set<string>();
  let hasReasoning = false;
  let events: StreamEvent[] = [];

  const emitText = (): void => {
    const text = held.emit();
    if (text !== '') events.push({ type: 'text-delta', text });
  };

  const emitReasoning = (text: string): void => {
    const emitted = block.add(text);
    if (emitted !== '') events.push({ type: 'reasoning-delta', text: emitted });
  };

  const openBlock = (tag: string, closing: string): void => {
    emitText();
    hasReasoning = true;
    mode = { type: 'reasoning', closing };
    block.open();
    events.push(repair(`The model's reasoning was between ${tag} tags in its answer.`));
  };

  const closeBlock = (): void => {
    mode = TEXT;
    held.trimNext();
    position.passBlock();
  };

  /** Turns the held text, without the first `skipped` characters, into a block of its own. */
  const turnIntoReasoning = ({ opening, closing }: { opening: string; closing: string }, skipped = 0): void => {
    const text = held.withdraw().slice(skipped);
    openBlock(opening, closing);
    emitReasoning(text);
    closeBlock();
  };

  /** Reads inside a block, and returns the text after it. */
  const readReasoning = (text: string, closing: string): string => {
    let end = text.indexOf(closing);
    while (end !== -1 && (end === 0 ? block.last : text.charAt(end - 1)) === '`') end = text.indexOf(closing, end + 1);
    if (end !== -1) {
      emitReasoning(text.slice(0, end));
      closeBlock();
      return text.slice(end + closing.length);
    }
    const length = text.length - unfinishedTagLength(text, closing);
    emitReasoning(text.slice(0, length));
    unread = text.slice(length);
    return '';
  };

  const readClosing = (tag: string): void => {
    if (mode.type === 'text' && mentioned.delete(tag)) return held.add(tag);
    if (mode.type === 'inline') {
      if (mode.closing !== tag) return held.add(tag);
      return turnIntoReasoning(mode, mode.opening.length);
    }
    if (!held.hasEmitted && !hasReasoning) return turnIntoReasoning({ opening: tag, closing: tag });
    emitText();
    events.push(repair(`A ${tag} without a block before it was removed from the answer.`));
    closeBlock();
  };

  /** Reads a tag outside of a block, and returns the text after it. */
  const readTag = (found: ReasoningTag, text: string): string => {
    const { tag, closing } = found;
    const behind = text.slice(found.index + tag.length);
    const before = text.slice(0, found.index);
    const isFirst = before.trim() === '' && held.length === 0 && !held.hasEmitted;
    if (!isFirst) held.add(before);
    const next = behind === '' ? undefined : behind.charAt(0);
    const meaning = tagMeaning(found, { context: position.context(), last: position.last, next });
    if (meaning === 'unknown') {
      unread = tag;
      return '';
    }
    if (meaning === 'closes') readClosing(tag);
    else if (meaning === 'opens' && closing !== undefined && mode.type !== 'inline') openBlock(tag, closing);
    else {
      if (isFirst) held.add(before);
      if (meaning === 'text' && closing !== undefined) mentioned.add(closing);
      if (meaning === 'opens-if-closed' && closing !== undefined && mode.type === 'text') {
        emitText();
        mode = { type: 'inline', opening: tag, closing };
      }
      held.add(tag);
    }
    return behind;
  };

  /** Reads text without a tag, but for a tag that may be unfinished at its end. */
  const readPlain = (text: string): void => {
    const decided = text.length - unfinishedTagLength(text);
    const isStart = held.length === 0 && !held.hasEmitted && text.length <= MAX_HELD_BLANKS;
    const length = isStart && text.slice(0, decided).trim() === '' ? 0 : decided;
    held.add(text.slice(0, length));
    unread = text.slice(length);
  };

  const readText = (text: string): void => {
    let rest = unread + text;
    unread = '';
    while (rest !== '') {
      if (mode.type === 'reasoning') {
        rest = readReasoning(rest, mode.closing);
        continue;
      }
      const found = findReasoningTag(rest);
      if (found) {
        rest = readTag(found, rest);
        continue;
      }
      readPlain(rest);
      rest = '';
    }
    const limit = mode.type === 'inline' ? MAX_INLINE_CHARACTERS : MAX_EXPECTED_CHARACTERS;
    if (mode.type === 'text' || held.length > limit) release();
  };

  /** Emits the held text as text. */
  const release = (): void => {
    if (mode.type === 'inline') mentioned.add(mode.closing);
    if (mode.type !== 'reasoning') mode = TEXT;
    emitText();
  };

  /** Decides on everything that is held: no more text can change it. */
  const settle = (): void => {
    if (mode.type === 'reasoning') {
      emitReasoning(unread);
      closeBlock();
    } else held.add(unread);
    unread = '';
    release();
  };

  const take = (last?: StreamEvent): readonly StreamEvent[] => {
    const taken = last ? [...events, last] : events;
    events = [];
    return taken;
  };

  return {
    push(event) {
      switch (event.type) {
        case 'text-delta': {
          readText(event.text);
          const taken = take();
          const [only] = taken;
          return taken.length === 1 && only?.type === 'text-delta' && only.text === event.text ? [event] : taken;
        }
        case 'reasoning-delta':
          hasReasoning = true;
          if (mode.type === 'expecting') release();
          return take(event);
        case 'tool-call-start':
        case 'finish':
        case 'error':
          settle();
          return take(event);
        case 'start':
        case 'fallback':
        case 'tool-call-delta':
        case 'tool-call-end':
        case 'repair':
        case 'warning':
          return [event];
      }
    },
    end() {
      settle();
      return take();
    },
  };
}

function repair(detail: string): StreamEvent {
  return { type: 'repair', repair: 'reasoning-from-tags', detail };
}
