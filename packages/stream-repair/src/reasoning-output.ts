import type { RepairKind, StreamEvent } from '@openclaw/provider';
import { createHeldText } from './held-text.ts';
import type { HeldText } from './held-text.ts';
import { parseJson } from './json.ts';
import { createReasoningBlock, MAX_HELD_BLANKS } from './reasoning-block.ts';
import type { TextPosition } from './text-position.ts';

/** The events of text and reasoning, and the text that may still become reasoning. */
export interface ReasoningOutput {
  readonly held: HeldText;
  /** The last character of the open block. */
  readonly lastInBlock: string;
  /** Opens a block that was marked with this tag. With `jsonIsText` it is text of the answer if it is JSON. */
  openBlock(tag: string, options?: { readonly jsonIsText?: boolean }): void;
  addReasoning(text: string): void;
  closeBlock(): void;
  /** Turns the held text, without the first `skipped` characters, into a block of its own. */
  turnIntoBlock(tag: string, options?: { readonly skipped?: number; readonly jsonIsText?: boolean }): void;
  /** Emits the held text as text. */
  emitText(): void;
  /** Emits the held text, and notes that a mark was removed behind it. */
  removeMark(tag: string, kind?: RepairKind): void;
  /** The events since the last call, and `last`. */
  take(last?: StreamEvent): readonly StreamEvent[];
}

/** How long a block is held that is text if it is JSON, in characters. A longer one is reasoning. */
const MAX_JSON_CHARACTERS = 65_536;

/** Creates an empty output; `position` follows the text. */
export function createReasoningOutput(position: TextPosition): ReasoningOutput {
  const held = createHeldText(position);
  const block = createReasoningBlock();
  /** The start of a block that is text if it is JSON. */
  let undecided: string | undefined;
  let events: StreamEvent[] = [];

  const emitText = (): void => {
    const text = held.emit();
    if (text !== '') events.push({ type: 'text-delta', text });
  };

  const addReasoning = (text: string): void => {
    if (undecided !== undefined) {
      undecided += text;
      const mayBeJson = /^\s*(?:[{[]|$)/.test(undecided.slice(0, MAX_HELD_BLANKS));
      if (mayBeJson && undecided.length <= MAX_JSON_CHARACTERS) return;
    }
    const emitted = block.add(undecided ?? text);
    undecided = undefined;
    if (emitted !== '') events.push({ type: 'reasoning-delta', text: emitted });
  };

  const openBlock: ReasoningOutput['openBlock'] = (tag, { jsonIsText = false } = {}) => {
    emitText();
    undecided = jsonIsText ? '' : undefined;
    block.open();
    events.push(repair(`The model's reasoning was between ${tag} tags in its answer.`));
  };

  const closeBlock = (): void => {
    position.passBlock();
    held.trimNext();
    if (undecided === undefined) return;
    const text = undecided.trim();
    undecided = undefined;
    if (parseJson(text) === undefined) addReasoning(text);
    else held.add(text);
  };

  return {
    held,
    get lastInBlock() {
      return block.last;
    },
    openBlock,
    addReasoning,
    closeBlock,
    turnIntoBlock(tag, { skipped = 0, jsonIsText = false } = {}) {
      const text = held.withdraw().slice(skipped);
      openBlock(tag, { jsonIsText });
      addReasoning(text);
      closeBlock();
    },
    emitText,
    removeMark(tag, kind) {
      emitText();
      events.push(repair(`A ${tag} was removed from the answer.`, kind));
    },
    take(last) {
      const taken = last ? [...events, last] : events;
      events = [];
      return taken;
    },
  };
}

function repair(detail: string, kind: RepairKind = 'reasoning-from-tags'): StreamEvent {
  return { type: 'repair', repair: kind, detail };
}
