import { createAnswerMarkReader } from './answer-marks.ts';
import { TEXT_MODE, touchesLineEnd } from './reasoning-mode.ts';
import type { AnswerMarkRole, OpeningRole, ReasoningMode } from './reasoning-mode.ts';
import type { ReasoningOutput } from './reasoning-output.ts';
import { closesAlone, openingMeaning } from './reasoning-tags.ts';
import type { ReasoningTag } from './reasoning-tags.ts';
import type { TextPosition } from './text-position.ts';

/** The state of an answer that is read: its tags change it. */
export interface AnswerState {
  readonly position: TextPosition;
  readonly output: ReasoningOutput;
  mode: ReasoningMode;
  hasReasoning: boolean;
}

/** What was read of a tag. */
export interface TagRead {
  /** Whether the meaning of the tag is known. */
  readonly isDecided: boolean;
  /** The text after the tag; with the tag if its meaning is not known yet. */
  readonly text: string;
}

/** Reads tags outside of reasoning blocks. */
export interface TagReader {
  read(tag: ReasoningTag, text: string): TagRead;
  openBlock(tag: string, role: OpeningRole): void;
  closeBlock(): void;
  /** Turns the held text into a block of its own. */
  turnIntoBlock(tag: string, role?: OpeningRole): void;
  /** Notes that an opening tag is text, and so are its closing tags. */
  mention(role: OpeningRole): void;
}

/** Creates a reader that changes the state by what the tags mean. */
export function createTagReader(state: AnswerState): TagReader {
  const { position, output } = state;
  const { held } = output;
  const answerMarks = createAnswerMarkReader(position);
  /** Closing tags whose opening tag was only mentioned. */
  const mentioned = new Set<string>();
  /** Blanks at the start of the answer in front of a tag. They are text if the tag is. */
  let blanks = '';

  const mention = ({ closings }: OpeningRole): void => {
    for (const closing of closings) mentioned.add(closing);
  };

  const openBlock = (tag: string, role: OpeningRole): void => {
    output.openBlock(tag, role);
    state.hasReasoning = true;
    state.mode = { type: 'reasoning', role, ends: [...role.closings, ...role.endsBefore] };
  };

  const closeBlock = (): void => {
    output.closeBlock();
    state.mode = TEXT_MODE;
  };

  const turnIntoBlock = (tag: string, role?: OpeningRole): void => {
    output.turnIntoBlock(tag, role && { ...role, skipped: tag.length });
    state.hasReasoning = true;
    state.mode = TEXT_MODE;
  };

  const readClosing = (tag: string): void => {
    if (state.mode.type === 'text' && mentioned.delete(tag)) return addTag(tag);
    const isStart = !held.hasEmitted && !state.hasReasoning;
    if (isStart || state.mode.type === 'late') return turnIntoBlock(tag);
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
    const isHeld = state.mode.type === 'inline' || state.mode.type === 'explained';
    if (meaning === 'opens' && !isHeld) openBlock(tag, role);
    else {
      if (meaning === 'text') mention(role);
      else if (state.mode.type === 'text') {
        held.add(blanks);
        blanks = '';
        output.emitText();
        state.mode = { type: meaning === 'opens-if-closed-at-line-end' ? 'explained' : 'inline', opening: tag, role };
      }
      addTag(tag);
    }
    return true;
  };

  const readAnswerMark = (tag: string, role: AnswerMarkRole): void => {
    const mark = answerMarks.read(tag, { role, hasReasoning: state.hasReasoning });
    if (mark === 'text') return addTag(tag);
    if (mark === 'ends') {
      state.mode = { type: 'answer-end', tag, ends: '' };
      return;
    }
    output.removeMark(tag, 'answer-marks');
    if (role.type === 'opens-answer') held.trimNext();
  };

  const addTag = (tag: string): void => held.add(blanks + tag);

  const read = ({ tag, index, role }: ReasoningTag, text: string): TagRead => {
    const behind = text.slice(index + tag.length);
    const before = text.slice(0, index);
    const isFirst = before.trim() === '' && held.length === 0 && !held.hasEmitted;
    blanks = isFirst ? before : '';
    if (!isFirst) held.add(before);
    let isDecided = true;
    if (role.type === 'opens') isDecided = readOpening({ tag, role }, behind);
    else if (role.type !== 'closes') readAnswerMark(tag, role);
    else if (state.mode.type === 'inline' || state.mode.type === 'explained')
      isDecided = readHeldClosing(state.mode, { tag, behind });
    else if (closesAlone({ context: position.context(), last: position.last })) readClosing(tag);
    else addTag(tag);
    return { isDecided, text: isDecided ? behind : blanks + tag + behind };
  };

  return { read, openBlock, closeBlock, turnIntoBlock, mention };
}
