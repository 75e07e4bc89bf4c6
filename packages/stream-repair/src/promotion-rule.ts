import { announcesExample } from './announces-example.ts';
import type { TextContext } from './text-position.ts';
import type { CallForm } from './tool-call-syntaxes.ts';

/** When a call that was found in the text is taken for one. */
export type PromotionRule =
  /** At once. */
  | 'now'
  /** When nothing else stands behind it on its line. */
  | 'at-line-end'
  /** When nothing but further calls stands behind it in the answer. */
  | 'at-answer-end'
  /** It is part of the text. */
  | 'never';

/**
 * The judgement of this package. A marker means business unless a sentence goes on around it. JSON on its own does when
 * the answer begins with it (so does Ollama's own parser) or ends with it. A code block does only when it is the
 * answer, or its end: whoever explains an example goes on to speak.
 */
const RULES: Readonly<Record<TextContext, Readonly<Record<CallForm, PromotionRule>>>> = {
  start: { marked: 'now', bare: 'at-line-end', fenced: 'at-answer-end' },
  'after-block': { marked: 'now', bare: 'at-line-end', fenced: 'at-answer-end' },
  line: { marked: 'now', bare: 'at-answer-end', fenced: 'at-answer-end' },
  sentence: { marked: 'now', bare: 'at-answer-end', fenced: 'never' },
  word: { marked: 'at-line-end', bare: 'never', fenced: 'never' },
  quoted: { marked: 'never', bare: 'never', fenced: 'never' },
  code: { marked: 'never', bare: 'never', fenced: 'never' },
};

/** The end of a key or a value: what follows is part of a larger JSON text. */
const JSON_BEFORE = /["'}\]]\s*[:,]\s*$/;

/** Whether a form can be a call at all where it stands. */
export function mayBePromoted(form: CallForm, context: TextContext): boolean {
  return RULES[context][form] !== 'never';
}

/** Decides by what stands before a call; `before` is the end of the text so far. */
export function promotionRule(
  form: CallForm,
  { context, before }: { readonly context: TextContext; readonly before: string },
): PromotionRule {
  const rule = RULES[context][form];
  if (context === 'start' || context === 'after-block') return rule;
  if (form === 'bare' && JSON_BEFORE.test(before)) return 'never';
  return announcesExample(before) ? 'never' : rule;
}
