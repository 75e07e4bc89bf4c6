// Writes docs/tool-calls.md from the table of model families. With --check it writes nothing and fails if the page is outdated.
// node --conditions=@openclaw/source scripts/generate-tool-call-docs.ts [--check]
import { readFileSync, writeFileSync } from 'node:fs';
import type { ModelFamily } from '../packages/stream-repair/src/model-family.ts';
import { FAMILIES } from '../packages/stream-repair/src/syntaxes/families.ts';

const introduction = `<!-- Generated from packages/stream-repair/src/syntaxes by scripts/generate-tool-call-docs.ts. Change the families, not this page. -->

# Tool calls and reasoning in text

Servers turn the markup of a model into \`tool_calls\` and reasoning. Where a server has no parser for a model, or its parser fails, the markup stays in the
text of the answer. The gateway and \`@openclaw/stream-repair\` recover it, streamed or not. Nothing needs to be set up.

## Switch it off, or say more

\`\`\`json5
{
  agents: { defaults: { models: { "vllm/kimi-k2": { repair: { toolCallsFromText: false } } } } },
}
\`\`\`

| Setting of \`repair\` | Default | |
|---|---|---|
| \`false\` in place of the settings | | nothing is repaired |
| \`toolCallsFromText\` | \`true\` | calls in the text become calls |
| \`callsFromReasoning\` | \`true\` | calls at the end of the reasoning do, too, if the model said nothing else |
| \`reasoningFromTags\` | \`true\` | marked reasoning in the text becomes reasoning, and marks around the answer are removed |
| \`argumentsRepair\` | \`true\` | broken arguments are repaired |
| \`expectReasoning\` | \`true\` for models with \`reasoning: true\` that are not served by Ollama, and for models of Ollama whose template opens a think block that Ollama does not read | the answer may start inside a think block |
| \`family\` | what Ollama says of the model: its template, else its architecture | forms of this family (the ids below) are trusted more, those of other families less |

## What is a call, and what stays text

A call has the exact name of a tool of the request and arguments that are whole. Its place decides, too:

- **At the start of an answer**, or behind another call or reasoning: it is a call.
- **Behind text**: it is a call if nothing follows, or further calls, or one line of at most 80 characters that ends the answer. If prose, a list or a heading
  follows, the model explains the call, and it stays text. A short last line counts only behind the end of a sentence, or behind words that announce an action.
- **Without a marker** (JSON, \`<invoke name="…">\`): only as the whole answer, at its start with nothing else on the line, or at its end.
- **In code, in quotation marks, in a quoted line, or behind words that announce an example**: it stays text.
- **In reasoning**: only a whole call behind a marker at the very end, if the answer is empty and was not cut.

An answer that was cut at its length limit yields only whole calls. Arguments that break off within a value are never completed: the call keeps them as they
are, and the answer ends with \`length\`.

## Families`;

const page = new URL('../docs/tool-calls.md', import.meta.url);
const text = `${[introduction, ...FAMILIES.map(renderFamily)].join('\n\n')}\n`;

if (!process.argv.includes('--check')) writeFileSync(page, text);
else if (readFileSync(page, 'utf8') !== text) {
  console.error(
    'docs/tool-calls.md does not match the families; run: node --conditions=@openclaw/source scripts/generate-tool-call-docs.ts',
  );
  process.exitCode = 1;
}

function renderFamily({ id, models, grammar, reasoning = [], answer = [], samples, source }: ModelFamily): string {
  const marks = reasoning.map(({ opening, closings }) => `${code(opening)} … ${closings.map(code).join(', ')}`);
  const around = answer.map(({ opening, closings }) => `${code(opening)} … ${closings.map(code).join(', ')}`);
  return [
    `### \`${id}\`: ${models}`,
    grammar.map((line) => `- ${line}`).join('\n'),
    ...(marks.length > 0 ? [`Reasoning: ${[...new Set(marks)].join('; ')}.`] : []),
    ...(around.length > 0 ? [`Removed around the answer: ${[...new Set(around)].join('; ')}.`] : []),
    `Example:\n\n\`\`\`\`\n${samples[0]?.text ?? ''}\n\`\`\`\``,
    `Source: ${source}.`,
  ].join('\n\n');
}

function code(mark: string): string {
  return `\`${mark.replaceAll('\n', '⏎')}\``;
}
