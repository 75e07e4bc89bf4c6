import type { StreamEvent } from '@openclaw/provider';
import { MAX_HELD_BLANKS } from './reasoning-block.ts';
import { limitOf, TEXT_MODE } from './reasoning-mode.ts';
import type { ReasoningMode } from './reasoning-mode.ts';
import { createTagReader } from './read-tag.ts';
import type { AnswerState } from './read-tag.ts';
import { createReasoningOutput } from './reasoning-output.ts';
import { findBlockEnd, findReasoningTag, MAX_KEPT_ENDS, readAnswerEnd, unfinishedTagLength } from './reasoning-tags.ts';
import type { ReasoningTag } from './reasoning-tags.ts';
import { createTextPosition, LINE_STARTS } from './text-position.ts';
import type { CallEnd, WrittenCalls } from './written-calls.ts';

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

/** A word or comma before it: the sentence goes on. */
const WITHIN_SENTENCE = /[\p{L}\p{N},]$/u;

/** How the text of an answer is read. */
export interface ReasoningTextOptions {
  /** Whether the answer may start inside a reasoning block whose opening tag is in the prompt. */
  readonly expectReasoning: boolean;
  /** Finds the calls that the model writes: tags within one are part of it. @default every tag counts */
  readonly writtenCalls?: WrittenCalls | undefined;
}

/** Creates a reader at the start of an answer: see `createReasoningExtraction`. */
export function createReasoningTextReader({
  expectReasoning,
  writtenCalls,
}: ReasoningTextOptions): ReasoningTextReader {
  const position = createTextPosition(writtenCalls);
  const output = createReasoningOutput(position);
  const { held } = output;
  const state: AnswerState = {
    position,
    output,
    mode: expectReasoning ? { type: 'expecting' } : TEXT_MODE,
    hasReasoning: false,
  };
  const tags = createTagReader(state);
  /** The end of the input so far: an unfinished tag, or blanks at the start of the answer. */
  let unread = '';
  /** How many characters at the end of the text may still be in a call. The tags before them are in none. */
  let untried = Infinity;
  /** The end of the server's own reasoning; empty once text followed it. */
  let serverReasoning = '';

  /** Reads inside a block, and returns the text after it. */
  const readReasoning = (text: string, { role, ends }: Extract<ReasoningMode, { type: 'reasoning' }>): string => {
    const found = findBlockEnd(ends, { text, last: output.lastInBlock });
    if (found) {
      output.addReasoning(text.slice(0, found.index));
      tags.closeBlock();
      return text.slice(role.closings.includes(found.tag) ? found.index + found.tag.length : found.index);
    }
    const length = text.length - unfinishedTagLength(text, ends);
    output.addReasoning(text.slice(0, length));
    return keepUnread(text.slice(length));
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
    state.mode = read.isEnd ? { type: 'answer-end', tag, ends: read.ends } : TEXT_MODE;
    if (read.isEnd) return keepUnread(read.rest);
    const isMany = read.ends.length > MAX_KEPT_ENDS;
    if (isMany) output.removeMark(tag, 'answer-marks');
    else held.add(tag);
    return isMany ? read.rest : read.ends + read.rest;
  };

  /** Reads a tag outside of a block, and returns the text after it. */
  const readTag = (found: ReasoningTag, text: string): string => {
    const read = tags.read(found, text);
    return read.isDecided ? read.text : keepUnread(read.text);
  };

  /** Reads a tag, or the call that it is part of, and returns the text after it. */
  const readTagOrCall = (found: ReasoningTag, text: string): string => {
    const { index } = found;
    const before = text.slice(0, index);
    const mayBeInCall =
      state.mode.type === 'text' && text.length - index <= untried && (held.hasEmitted || before.trim() !== '');
    if (!writtenCalls || !mayBeInCall) return readTag(found, text);
    held.add(before);
    const call = writtenCalls.takeOpenCall();
    const rest = text.slice(index);
    if (!call) return readTag({ ...found, index: 0 }, rest);
    state.mode = { type: 'call', call, text: '' };
    return readCall(rest, state.mode);
  };

  const readCall = (text: string, { call, text: before }: Extract<ReasoningMode, { type: 'call' }>): string => {
    const end = call.add(text);
    if (end) return readCallEnd(before + text, end);
    state.mode = { type: 'call', call, text: before + text };
    return '';
  };

  /** Reads what a call ends in: text of the call, or tags that are in no call. */
  const readCallEnd = (text: string, { inCall, outside }: CallEnd): string => {
    state.mode = TEXT_MODE;
    held.add(text.slice(0, inCall));
    untried = text.length - outside;
    return text.slice(inCall);
  };

  /** Keeps text until more follows; no text is left to read. */
  const keepUnread = (text: string): string => {
    unread = text;
    return '';
  };

  const readText = (text: string, { isWhole = false } = {}): void => {
    let rest = unread + text;
    unread = '';
    untried += text.length;
    while (rest !== '') {
      if (state.mode.type === 'reasoning') rest = readReasoning(rest, state.mode);
      else if (state.mode.type === 'answer-end') rest = readBehindEnd(rest, state.mode);
      else if (state.mode.type === 'call') rest = readCall(rest, state.mode);
      else {
        const found = findReasoningTag(rest, { isWhole });
        if (found) rest = readTagOrCall(found, rest);
        else {
          readPlain(rest);
          rest = '';
        }
      }
    }
    if (state.mode.type === 'call') return;
    if (state.mode.type === 'text' || state.mode.type === 'answer-end' || held.length > limitOf(state.mode)) release();
  };

  /** Emits the held text as text. */
  const release = (): void => {
    if (state.mode.type === 'inline' || state.mode.type === 'explained') tags.mention(state.mode.role);
    if (state.mode.type !== 'reasoning' && state.mode.type !== 'answer-end') state.mode = TEXT_MODE;
    output.emitText();
  };

  /** Decides on everything that is held: no more text can change it. */
  const settle = (): void => {
    if (state.mode.type !== 'reasoning' && state.mode.type !== 'answer-end' && state.mode.type !== 'call')
      readText('', { isWhole: true });
    while (state.mode.type === 'call') {
      unread = readCallEnd(state.mode.text, state.mode.call.end());
      readText('', { isWhole: true });
    }
    const rest = unread;
    unread = '';
    if (state.mode.type === 'reasoning') {
      output.addReasoning(rest);
      tags.closeBlock();
    } else if (state.mode.type === 'answer-end') {
      output.removeMark(state.mode.tag, 'answer-marks');
      state.mode = TEXT_MODE;
    } else settleTag(rest);
    release();
  };

  /** Decides on a tag at the end of the answer. */
  const settleTag = (rest: string): void => {
    const found = findReasoningTag(rest, { isWhole: true });
    const isTag = found !== undefined && rest.slice(found.index + found.tag.length).trim() === '';
    if (
      isTag &&
      found.role.type === 'closes' &&
      state.mode.type === 'explained' &&
      state.mode.role.closings.includes(found.tag)
    ) {
      return tags.turnIntoBlock(state.mode.opening, state.mode.role);
    }
    if (!isTag || found.role.type !== 'opens' || !LINE_STARTS.has(position.context())) return held.add(rest);
    tags.openBlock(found.tag, found.role);
    tags.closeBlock();
  };

  return {
    read(text) {
      if (serverReasoning !== '') {
        if (state.mode.type === 'text' && WITHIN_SENTENCE.test(serverReasoning)) state.mode = { type: 'late' };
        serverReasoning = '';
      }
      readText(text);
    },
    passServerReasoning(text) {
      state.hasReasoning = true;
      if (!held.hasEmitted && held.length === 0) serverReasoning = text.slice(-2);
      if (state.mode.type === 'expecting') release();
    },
    settle,
    take: (last) => output.take(last),
  };
}
