import { announcesExample } from './announces-example.ts';
import type { CallForm } from './model-family.ts';
import type { TextContext } from './text-position.ts';

/** When a call that was found in the text becomes a tool call. */
export type PromotionRule =
  /** At once. */
  | 'now'
  /** If nothing else follows on its line. */
  | 'at-line-end'
  /** If only further calls follow in the answer. */
  | 'at-answer-end'
  /** If only further calls follow, or a short line that ends the answer. */
  | 'before-closing-words'
  /** It stays text. */
  | 'never';

/**
 * A marker at the start of an answer is a call. Behind text it is one if nothing follows that explains it. Bare JSON is
 * a call at the start of the answer (as in Ollama's own parser) or at its end. A code block is a call only at the end:
 * text follows after an example.
 */
const RULES: Readonly<Record<TextContext, Readonly<Record<CallForm, PromotionRule>>>> = {
  start: { marked: 'now', bare: 'at-line-end', fenced: 'at-answer-end' },
  'after-block': { marked: 'now', bare: 'at-line-end', fenced: 'at-answer-end' },
  line: { marked: 'before-closing-words', bare: 'at-answer-end', fenced: 'at-answer-end' },
  sentence: { marked: 'before-closing-words', bare: 'at-answer-end', fenced: 'never' },
  word: { marked: 'at-line-end', bare: 'never', fenced: 'never' },
  quoted: { marked: 'never', bare: 'never', fenced: 'never' },
  code: { marked: 'never', bare: 'never', fenced: 'never' },
};

/** The end of a key or a value: what follows is part of a larger JSON text. */
const JSON_BEFORE = /["'}\]]\s*[:,]\s*$/;

/** Whether a form can be a call in this context. */
export function mayBePromoted(form: CallForm, context: TextContext): boolean {
  return RULES[context][form] !== 'never';
}

/** Decides by the text before a call; `before` is the end of the text so far. */
export function promotionRule(
  form: CallForm,
  { context, before }: { readonly context: TextContext; readonly before: string },
): PromotionRule {
  const rule = RULES[context][form];
  if (context === 'start' || context === 'after-block') return rule;
  if (form === 'bare' && JSON_BEFORE.test(before)) return 'never';
  return announcesExample(before) ? 'never' : rule;
}
