/** What a model said, in order. */
export type Said =
  | { readonly text: string }
  | { readonly reasoning: string }
  | { readonly call: { readonly id: string; readonly name: string; readonly argumentsText: string } };

/** The ways in which servers write the same answer. */
export const WIRE_STYLES = [
  'ollama-0.8',
  'ollama-0.12',
  'ollama-0.20',
  'ollama-0.32.6',
  'ollama-without-index',
  'openai',
  'openai-in-lines',
  'sglang',
  'vllm-0.6',
  'whole',
] as const;
export type WireStyle = (typeof WIRE_STYLES)[number];

export interface EncodeWireOptions {
  readonly style: WireStyle;
  /** Where fragments of arguments are cut, as parts of their length. */
  readonly cuts: readonly number[];
  readonly lineEnd?: '\n' | '\r\n' | '\r';
  readonly reasoningKey?: 'reasoning' | 'reasoning_content' | 'reasoning_text';
}

/** Writes an answer as a server would. */
export function encodeWire(
  said: readonly Said[],
  { style, cuts, lineEnd = '\n', reasoningKey = 'reasoning' }: EncodeWireOptions,
): Uint8Array {
  const calls = said.filter((each) => 'call' in each);
  if (style === 'whole') return encode(JSON.stringify(wholeBody(said, reasoningKey)));
  const deltas: object[] = [];
  for (const each of said) {
    if ('text' in each) deltas.push(textDelta(each.text, deltas.length === 0, style));
    else if ('reasoning' in each)
      deltas.push({ ...textDelta('', deltas.length === 0, style), [reasoningKey]: each.reasoning });
    else deltas.push(...callDeltas(each.call, { style, cuts, index: calls.indexOf(each) }));
  }
  const joined = style === 'ollama-0.12' ? joinReasoningWithText(deltas, reasoningKey) : deltas;
  const reason = calls.length > 0 && style !== 'ollama-0.8' ? 'tool_calls' : 'stop';
  const ownFinish = style !== 'ollama-0.20' || joined.length === 0;
  const chunks = joined.map((delta, at) => chunk(delta, !ownFinish && at === joined.length - 1 ? reason : null));
  if (ownFinish)
    chunks.push(
      chunk(style.startsWith('ollama-0.32') || style === 'openai' ? {} : { role: 'assistant', content: '' }, reason),
    );
  const separator = lineEnd + lineEnd;
  if (style === 'openai-in-lines') return encode(chunks.map((each) => `${each}\n`).join(''));
  return encode([...chunks, '[DONE]'].map((each) => `data: ${each}${separator}`).join(''));
}

function wholeBody(said: readonly Said[], reasoningKey: string): object {
  const join = (pick: (each: Said) => string): string => said.map(pick).join('');
  return {
    model: 'wire-model',
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: join((each) => ('text' in each ? each.text : '')),
          [reasoningKey]: join((each) => ('reasoning' in each ? each.reasoning : '')),
          tool_calls: said.flatMap((each) => ('call' in each ? [entry(each.call, { index: 0 })] : [])),
        },
        finish_reason: 'stop',
      },
    ],
  };
}

function textDelta(content: string, first: boolean, style: WireStyle): object {
  return style === 'ollama-0.32.6' && !first ? { content } : { role: 'assistant', content };
}

/** One batch of tokens with both, as Ollama sent it until 0.17.7. */
function joinReasoningWithText(deltas: readonly object[], reasoningKey: string): object[] {
  const joined: object[] = [];
  for (const delta of deltas) {
    const before = joined.at(-1);
    const isText = 'content' in delta && delta.content !== '' && !('tool_calls' in delta);
    if (isText && before !== undefined && reasoningKey in before && 'content' in before && before.content === '')
      joined[joined.length - 1] = { ...before, ...delta };
    else joined.push(delta);
  }
  return joined;
}

interface Call {
  readonly id: string;
  readonly name: string;
  readonly argumentsText: string;
}

function callDeltas(
  call: Call,
  { style, cuts, index }: { style: WireStyle; cuts: readonly number[]; index: number },
): object[] {
  if (style === 'ollama-without-index') return [{ content: '', tool_calls: [entry(call, {})] }];
  if (style === 'ollama-0.8' || style === 'ollama-0.12')
    return [{ role: 'assistant', content: '', tool_calls: [entry(call, { index: 0 })] }];
  if (style.startsWith('ollama')) return [{ content: '', tool_calls: [entry(call, { index })] }];
  const pieces = cutText(call.argumentsText, cuts);
  if (style === 'sglang') {
    const head = { index: 0, id: call.id, type: 'function', function: { name: call.name, arguments: '' } };
    return [
      head,
      ...pieces.map((piece) => ({
        index: 0,
        id: call.id,
        type: 'function',
        function: { name: null, arguments: piece },
      })),
    ].map(callDelta);
  }
  if (style === 'vllm-0.6') {
    const head = { index, id: call.id, type: 'function', function: { name: call.name } };
    return [
      head,
      ...pieces.map((piece, at) => ({
        index,
        id: `${call.id}-again-${at}`,
        type: 'function',
        function: { arguments: piece },
      })),
    ].map(callDelta);
  }
  const head = { index, id: call.id, type: 'function', function: { name: call.name, arguments: '' } };
  return [head, ...pieces.map((piece) => ({ index, function: { arguments: piece } }))].map(callDelta);
}

function callDelta(fragment: object): object {
  return { tool_calls: [fragment] };
}

function entry({ id, name, argumentsText }: Call, place: object): object {
  return { id, ...place, type: 'function', function: { name, arguments: argumentsText } };
}

function cutText(text: string, cuts: readonly number[]): string[] {
  const places = [
    0,
    ...cuts.map((part) => Math.floor(part * text.length)).toSorted((one, other) => one - other),
    text.length,
  ];
  return places.slice(1).map((end, at) => text.slice(places[at], end));
}

function chunk(delta: object, finishReason: string | null): string {
  return JSON.stringify({
    id: 'c',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'wire-model',
    choices: [{ index: 0, delta, finish_reason: finishReason }],
  });
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
