// What follows a call decides whether it is one (`closing-words.ts`): prose, a list or a heading explains an example. These
// words are only for a call that nothing follows, where nothing else tells. Without any of them an example that ends an
// answer would run a tool, so none can go; words for examples that are explained further do not belong here.

/** Anywhere in the last paragraph. Takes precedence over `ACTS`. */
const FOR_EXAMPLE = anyOf(
  String.raw`\bfor (?:example|instance)\b|\be\.g\.`,
  'voorbeeld|beispiel|exemple|ejemplo|esempio|exemplo|przykład|пример|例如|比如|例えば|示例|예를 들어|예시',
);

/** Anywhere in the last paragraph. */
const EXAMPLE_OF_CALL = anyOf(
  String.raw`\bexample\b[^.]*\b(?:call|request|usage|invocation|syntax|format|json)\b`,
  String.raw`\b(?:call|request|usage|invocation|syntax|format|json)\b[^.]*\bexample\b`,
);

/** At the end of the last sentence, as in a heading or label. */
const LABEL = anyOf(
  String.raw`\b(?:examples?(?: \d+)?|such as|like (?:this|that|so))$`,
  String.raw`\bsample (?:\w+ )?(?:call|request|usage|output|payload)\b`,
  String.raw`\blooks? like(?: (?:this|that|so|the following))?$`,
  String.raw`^[^\p{L}]*(?:template|correct|incorrect|wrong|(?:expected|raw|model) (?:model )?output|(?:response|request|message|output) (?:format|body))$`,
);

/** In a last sentence with a colon, about text from elsewhere or a hypothetical text. */
const QUOTES = anyOf(
  String.raw`\b(?:can|could) be called\b|\b(?:illustrat|demonstrat)\w+|^let me show\b|^(?:consider|suppose|imagine|assume)\b`,
  String.raw`\b(?:format|structure|body|payload)\s+(?:is|for|of)\b|\bsyntax\b`,
  String.raw`\ban? (?:valid|correct|typical|minimal|complete|possible) (?:\w+ )?(?:call|request|message|invocation|response)\b`,
  String.raw`\b(?:would|could|might|should)(?: then)? (?:be|look|emit|output|send|return|produce|contain|become|write|receive)\b(?! (?:at|for|up|into)\b)`,
  String.raw`\b(?:model|assistant|server|code|client|it|this|that)(?: then)? (?:emits|outputs|replies|returns|receives|produces|generates|writes|wrote|responds|sends|sent|becomes)\b`,
  String.raw`\bcall was$`,
  String.raw`^you(?:'ll| will| would)? (?:receive|get|see|sent|wrote|pasted|posted|gave)\b`,
  String.raw`\b(?:json|call|request|message|payload|snippet)\b[^.]* you (?:asked|sent|wrote|pasted|want)`,
);

/** The model announces its own action, whatever else is in the sentence. */
const ACTS =
  /\b(?:i'll|i will|i need to|i'm going to|i am going to|we'll|let's|let me(?! (?:show|give|explain|illustrate|demonstrate)))\b/iu;

/** Whether the last sentence announces an action of the model itself. */
export function announcesAction(before: string): boolean {
  const paragraph =
    before
      .trim()
      .replaceAll('’', "'")
      .split(/\n\s*\n/)
      .at(-1) ?? '';
  return ACTS.test(lastSentence(paragraph));
}

/** Whether the text before a call announces an example, in the most common languages of answers. */
export function announcesExample(before: string): boolean {
  const text = before
    .replaceAll(/[*_`#]/g, '')
    .replaceAll('’', "'")
    .trim();
  const paragraph = text.split(/\n\s*\n/).at(-1) ?? '';
  if (FOR_EXAMPLE.test(paragraph)) return true;
  const sentence = lastSentence(paragraph);
  if (ACTS.test(sentence)) return false;
  if (/[.!?]$/.test(paragraph)) return EXAMPLE_OF_CALL.test(sentence);
  if (EXAMPLE_OF_CALL.test(paragraph) || LABEL.test(sentence)) return true;
  return /[:：]$/.test(paragraph) && QUOTES.test(sentence);
}

/** The sentence at the end, without its period or colon. */
function lastSentence(text: string): string {
  const [sentence = ''] = /[^.!?\n]*$/.exec(text.replace(/[\s:：.]+$/, '')) ?? [];
  return sentence.trim();
}

function anyOf(...patterns: readonly string[]): RegExp {
  return new RegExp(patterns.join('|'), 'iu');
}
