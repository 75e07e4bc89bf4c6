import type { StreamEvent } from '@openclaw/provider';
import { createAnswerMarkReader } from './answer-marks.ts';
import { MAX_HELD_BLANKS } from './reasoning-block.ts';
import { limitOf, touchesLineEnd } from './reasoning-mode.ts';
import type { AnswerMarkRole, OpeningRole, ReasoningMode } from './reasoning-mode.ts';
import { createReasoningOutput } from './reasoning-output.ts';
import {
  closesAlone,
  findBlockEnd,
  findReasoningTag,
  MAX_KEPT_ENDS,
  openingMeaning,
  readAnswerEnd,
  unfinishedTagLength,
} from './reasoning-tags.ts';
import type { ReasoningTag } from './reasoning-tags.ts';
import { createTextPosition, LINE_STARTS } from './text-position.ts';

/** Reads the text of an answer into text and reasoning. */
export interface ReasoningTextReader {
  /** Reads the next text. */
  read(text: string): void;
  /** The server sent reasoning in a field of its own. */
  passServerReasoning(text: string): void;
  /** Decides on everything that is held: no more text can change it. */
  settle(): void;
  /** The events since the last call, and `last`. */
  take(last?: StreamEvent): readonly StreamEvent[];
}

const TEXT: ReasoningMode = { type: 'text' };
/** A word or comma before it: the sentence goes on. */
const WITHIN_SENTENCE = /[\p{L}\p{N},]$/u;

/** Creates a reader at the start of an answer: see `createReasoningExtraction`. */
export function createReasoningTextReader(options: { readonly expectReasoning: boolean }): ReasoningTextReader {
  const position = createTextPosition();
  const output = createReasoningOutput(position);
  const { held } = output;
  const answerMarks = createAnswerMarkReader(position);
  let mode: ReasoningMode = options.expectReasoning ? { type: 'expecting' } : TEXT;
  /** The end of the input so far: an unfinished tag, or blanks at the start of the answer. */
  let unread = '';
  /** Closing tags whose opening tag was only mentioned. */
  const mentioned = new Set<string>();
  /** Blanks at the start of the answer in front of a tag. They are text if the tag is. */
  let blanks = '';
  let hasReasoning = false;
  /** The end of the server's own reasoning; empty once text followed it. */
  let serverReasoning = '';

  const openBlock = (tag: string, role: OpeningRole): void => {
    output.openBlock(tag, role);
    hasReasoning = true;
    mode = { type: 'reasoning', role, ends: [...role.closings, ...role.endsBefore] };
  };

  const closeBlock = (): void => {
    output.closeBlock();
    mode = TEXT;
  };

  /** Turns the held text into a block of its own. */
  const turnIntoBlock = (tag: string, role?: OpeningRole): void => {
    output.turnIntoBlock(tag, role && { ...role, skipped: tag.length });
    hasReasoning = true;
    mode = TEXT;
  };

  /** Reads inside a block, and returns the text after it. */
  const readReasoning = (text: string, { role, ends }: Extract<ReasoningMode, { type: 'reasoning' }>): string => {
    const found = findBlockEnd(ends, { text, last: output.lastInBlock });
    if (found) {
      output.addReasoning(text.slice(0, found.index));
      closeBlock();
      return text.slice(role.closings.includes(found.tag) ? found.index + found.tag.length : found.index);
    }
    const length = text.length - unfinishedTagLength(text, ends);
    output.addReasoning(text.slice(0, length));
    return keepUnread(text.slice(length));
  };

  const readClosing = (tag: string): void => {
    if (mode.type === 'text' && mentioned.delete(tag)) return addTag(tag);
    const isStart = !held.hasEmitted && !hasReasoning;
    if (isStart || mode.type === 'late') return turnIntoBlock(tag);
    output.removeMark(tag);
    closeBlock();
  };

  /** Reads a closing tag where an opening one is undecided. Returns whether that decides. */
  const readHeldClosing = (
    { type, opening, role }: Extract<ReasoningMode, { type: 'inline' | 'explained' }>,
    { tag, behind }: { readonly tag: string; readonly behind: string },
  ): boolean => {
    if (!role.closings.includes(tag)) held.add(tag);
    else if (type === 'inline') turnIntoBlock(opening, role);
    else if (behind === '') return false;
    else if (touchesLineEnd(behind, position.context())) turnIntoBlock(opening, role);
    else held.add(tag);
    return true;
  };

  const readOpening = (
    { tag, role }: { readonly tag: string; readonly role: OpeningRole },
    behind: string,
  ): boolean => {
    const meaning = openingMeaning({ context: position.context(), behind });
    if (meaning === 'unknown') return false;
    const isHeld = mode.type === 'inline' || mode.type === 'explained';
    if (meaning === 'opens' && !isHeld) openBlock(tag, role);
    else {
      if (meaning === 'text') for (const closing of role.closings) mentioned.add(closing);
      else if (mode.type === 'text') {
        held.add(blanks);
        blanks = '';
        output.emitText();
        mode = { type: meaning === 'opens-if-closed-at-line-end' ? 'explained' : 'inline', opening: tag, role };
      }
      addTag(tag);
    }
    return true;
  };

  const readAnswerMark = (tag: string, role: AnswerMarkRole): void => {
    const mark = answerMarks.read(tag, { role, hasReasoning });
    if (mark === 'text') return addTag(tag);
    if (mark === 'ends') {
      mode = { type: 'answer-end', tag, ends: '' };
      return;
    }
    output.removeMark(tag, 'answer-marks');
    if (role.type === 'opens-answer') held.trimNext();
  };

  const addTag = (tag: string): void => held.add(blanks + tag);

  /** Reads a tag outside of a block, and returns the text after it. */
  const readTag = ({ tag, index, role }: ReasoningTag, text: string): string => {
    const behind = text.slice(index + tag.length);
    const before = text.slice(0, index);
    const isFirst = before.trim() === '' && held.length === 0 && !held.hasEmitted;
    blanks = isFirst ? before : '';
    if (!isFirst) held.add(before);
    let isDecided = true;
    if (role.type === 'opens') isDecided = readOpening({ tag, role }, behind);
    else if (role.type !== 'closes') readAnswerMark(tag, role);
    else if (mode.type === 'inline' || mode.type === 'explained') isDecided = readHeldClosing(mode, { tag, behind });
    else if (closesAlone({ context: position.context(), last: position.last })) readClosing(tag);
    else addTag(tag);
    return isDecided ? behind : keepUnread(blanks + tag + behind);
  };

  /** Reads text without a tag, but for a tag that may be unfinished at its end. */
  const readPlain = (text: string): void => {
    const decided = text.length - unfinishedTagLength(text);
    const isStart = held.length === 0 && !held.hasEmitted && text.length <= MAX_HELD_BLANKS;
    const length = isStart && text.slice(0, decided).trim() === '' ? 0 : decided;
    held.add(text.slice(0, length));
    unread = text.slice(length);
  };

  /** Reads text behind the end of the answer; text that is none makes the tag text. */
  const readBehindEnd = (text: string, { tag, ends }: Extract<ReasoningMode, { type: 'answer-end' }>): string => {
    const read = readAnswerEnd(text, ends);
    mode = read.isEnd ? { type: 'answer-end', tag, ends: read.ends } : TEXT;
    if (read.isEnd) return keepUnread(read.rest);
    const isMany = read.ends.length > MAX_KEPT_ENDS;
    if (isMany) output.removeMark(tag, 'answer-marks');
    else held.add(tag);
    return isMany ? read.rest : read.ends + read.rest;
  };

  /** Keeps text until more follows; no text is left to read. */
  const keepUnread = (text: string): string => {
    unread = text;
    return '';
  };

  const readText = (text: string, { isWhole = false } = {}): void => {
    let rest = unread + text;
    unread = '';
    while (rest !== '') {
      if (mode.type === 'reasoning') rest = readReasoning(rest, mode);
      else if (mode.type === 'answer-end') rest = readBehindEnd(rest, mode);
      else {
        const found = findReasoningTag(rest, { isWhole });
        if (found) rest = readTag(found, rest);
        else {
          readPlain(rest);
          rest = '';
        }
      }
    }
    if (mode.type === 'text' || mode.type === 'answer-end' || held.length > limitOf(mode)) release();
  };

  /** Emits the held text as text. */
  const release = (): void => {
    if (mode.type === 'inline' || mode.type === 'explained')
      for (const closing of mode.role.closings) mentioned.add(closing);
    if (mode.type !== 'reasoning' && mode.type !== 'answer-end') mode = TEXT;
    output.emitText();
  };

  /** Decides on everything that is held: no more text can change it. */
  const settle = (): void => {
    if (mode.type !== 'reasoning' && mode.type !== 'answer-end') readText('', { isWhole: true });
    const rest = unread;
    unread = '';
    if (mode.type === 'reasoning') {
      output.addReasoning(rest);
      closeBlock();
    } else if (mode.type === 'answer-end') {
      output.removeMark(mode.tag, 'answer-marks');
      mode = TEXT;
    } else settleTag(rest);
    release();
  };

  /** Decides on a tag at the end of the answer. */
  const settleTag = (rest: string): void => {
    const found = findReasoningTag(rest, { isWhole: true });
    const isTag = found !== undefined && rest.slice(found.index + found.tag.length).trim() === '';
    if (isTag && found.role.type === 'closes' && mode.type === 'explained' && mode.role.closings.includes(found.tag)) {
      return turnIntoBlock(mode.opening, mode.role);
    }
    if (!isTag || found.role.type !== 'opens' || !LINE_STARTS.has(position.context())) return held.add(rest);
    openBlock(found.tag, found.role);
    closeBlock();
  };

  return {
    read(text) {
      if (serverReasoning !== '') {
        if (mode.type === 'text' && WITHIN_SENTENCE.test(serverReasoning)) mode = { type: 'late' };
        serverReasoning = '';
      }
      readText(text);
    },
    passServerReasoning(text) {
      hasReasoning = true;
      if (!held.hasEmitted && held.length === 0) serverReasoning = text.slice(-2);
      if (mode.type === 'expecting') release();
    },
    settle,
    take: (last) => output.take(last),
  };
}
