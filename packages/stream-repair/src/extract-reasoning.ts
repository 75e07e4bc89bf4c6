import type { StreamEvent } from '@openclaw/provider';
import { findReasoningTag, tagMeaning, unfinishedTagLength } from './reasoning-tags.ts';
import type { ReasoningTag } from './reasoning-tags.ts';
import type { StreamTransform } from './stream-transform.ts';
import { createTextPosition } from './text-position.ts';

/** How the begin of an answer is read. */
export interface ReasoningExtractionOptions {
  /** Whether the answer may begin within a think block whose opening tag stood in the prompt. */
  readonly expectReasoning: boolean;
}

/** How much of an answer is held back while its begin may still turn out to be reasoning, in characters. */
const MAX_EXPECTED_CHARACTERS = 32_768;
/** How much is held back behind a tag within a line, which counts only if it is closed. */
const MAX_INLINE_CHARACTERS = 4096;
/** How many blanks are held back, since they may stand beside a tag. */
const MAX_BLANKS = 1024;

/** What text is at the moment. In `inline` and `expecting` it is held back until that is known. */
type Mode =
  | { readonly type: 'text' }
  | { readonly type: 'reasoning'; readonly closing: string }
  | { readonly type: 'inline'; readonly opening: string; readonly closing: string }
  | { readonly type: 'expecting' };

const TEXT: Mode = { type: 'text' };

/**
 * Turns think blocks in the text into reasoning. A closing tag alone makes reasoning of what came before it, as far as
 * that was not given on yet: in an answer that arrives in one piece, and with `expectReasoning`. What was given on stays
 * text, and only the tag goes. Blanks on the inner sides of both tags go, and those behind the block. Tags in code are
 * text, and so is a closing tag right behind a backtick within a block; a block that is not closed ends with the answer.
 */
export function createReasoningExtraction({ expectReasoning }: ReasoningExtractionOptions): StreamTransform {
  const position = createTextPosition();
  let mode: Mode = expectReasoning ? { type: 'expecting' } : TEXT;
  /** The end of the text so far: an unfinished tag, or blanks at the begin of the answer. */
  let unread = '';
  /** Text that was read and not given on. */
  let held = '';
  /** What closes the opening tags that were only spoken of. */
  const spokenOf = new Set<string>();
  let gaveText = false;
  let hasReasoning = false;
  let trimsStart = false;
  let blanks = '';
  let lastReasoned = '';
  let events: StreamEvent[] = [];

  const say = (text: string): void => {
    const said = trimsStart ? text.trimStart() : text;
    if (said === '') return;
    trimsStart = false;
    position.read(said);
    held += said;
  };

  const giveText = (): void => {
    if (held === '') return;
    events.push({ type: 'text-delta', text: held });
    gaveText = true;
    held = '';
  };

  const reason = (text: string): void => {
    const whole = blanks + (trimsStart ? text.trimStart() : text);
    if (whole === '') return;
    trimsStart = false;
    const said = whole.length > MAX_BLANKS && whole.trim() === '' ? whole : whole.trimEnd();
    blanks = whole.slice(said.length);
    lastReasoned = whole.slice(-1);
    if (said !== '') events.push({ type: 'reasoning-delta', text: said });
  };

  const openBlock = (tag: string, closing: string): void => {
    giveText();
    hasReasoning = true;
    mode = { type: 'reasoning', closing };
    trimsStart = true;
    blanks = '';
    lastReasoned = '';
    events.push(repair(`The model's reasoning stood between ${tag} tags in its answer.`));
  };

  const closeBlock = (): void => {
    mode = TEXT;
    trimsStart = true;
    blanks = '';
    position.passBlock();
  };

  const makeReasoning = (opening: string, closing: string): void => {
    const text = held;
    held = '';
    openBlock(opening, closing);
    reason(text);
    closeBlock();
  };

  /** Reads within a block, and returns what stands behind it. */
  const readReasoning = (text: string, closing: string): string => {
    let end = text.indexOf(closing);
    while (end !== -1 && (end === 0 ? lastReasoned : text.charAt(end - 1)) === '`')
      end = text.indexOf(closing, end + 1);
    if (end !== -1) {
      reason(text.slice(0, end));
      closeBlock();
      return text.slice(end + closing.length);
    }
    const length = text.length - unfinishedTagLength(text, closing);
    reason(text.slice(0, length));
    unread = text.slice(length);
    return '';
  };

  const readClosing = (tag: string): void => {
    if (mode.type === 'text' && spokenOf.delete(tag)) return say(tag);
    if (mode.type === 'inline') {
      if (mode.closing !== tag) return say(tag);
      const { opening, closing } = mode;
      held = held.slice(opening.length);
      return makeReasoning(opening, closing);
    }
    if (!gaveText && !hasReasoning) return makeReasoning(tag, tag);
    giveText();
    events.push(repair(`A ${tag} without a block before it was removed from the answer.`));
    closeBlock();
  };

  /** Reads a tag outside of a block, and returns what stands behind it. */
  const readTag = (found: ReasoningTag, text: string): string => {
    const { tag, closing } = found;
    const behind = text.slice(found.index + tag.length);
    const before = text.slice(0, found.index);
    const isFirst = before.trim() === '' && held === '' && !gaveText;
    if (!isFirst) say(before);
    const next = behind === '' ? undefined : behind.charAt(0);
    const meaning = tagMeaning(found, { context: position.context(), last: position.last, next });
    if (meaning === 'unknown') {
      unread = tag;
      return '';
    }
    if (meaning === 'closes') readClosing(tag);
    else if (meaning === 'opens' && closing !== undefined && mode.type !== 'inline') openBlock(tag, closing);
    else {
      if (isFirst) say(before);
      if (meaning === 'text' && closing !== undefined) spokenOf.add(closing);
      if (meaning === 'opens-if-closed' && closing !== undefined && mode.type === 'text') {
        giveText();
        mode = { type: 'inline', opening: tag, closing };
      }
      say(tag);
    }
    return behind;
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
      const decided = rest.length - unfinishedTagLength(rest);
      const isStart = held === '' && !gaveText && rest.length <= MAX_BLANKS && rest.slice(0, decided).trim() === '';
      const length = isStart ? 0 : decided;
      say(rest.slice(0, length));
      unread = rest.slice(length);
      rest = '';
    }
    if (
      mode.type === 'text' ||
      held.length > (mode.type === 'inline' ? MAX_INLINE_CHARACTERS : MAX_EXPECTED_CHARACTERS)
    ) {
      release();
    }
  };

  /** Gives on what was held back as the text that it is. */
  const release = (): void => {
    if (mode.type === 'inline') spokenOf.add(mode.closing);
    if (mode.type !== 'reasoning') mode = TEXT;
    giveText();
  };

  /** Decides on everything: no more text can change it. */
  const settle = (): void => {
    if (mode.type === 'reasoning') reason(unread);
    else say(unread);
    unread = '';
    if (mode.type === 'reasoning') closeBlock();
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
