import type { ChatMessage, ToolCall } from '@openclaw/provider';
import { createOpenAICompatProvider } from '@openclaw/provider-openai-compat';
import { repairStream } from '@openclaw/stream-repair';

const TOOLS = [
  {
    name: 'get_weather',
    description: 'The weather in a city, now.',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
];

interface DemoModel {
  readonly baseUrl: string;
  readonly model: string;
  readonly signal: AbortSignal;
}

/** Asks a model with a tool, and prints reasoning, tool call and answer while they arrive. */
export async function askWithTool({ baseUrl, model, signal }: DemoModel): Promise<void> {
  const ollama = createOpenAICompatProvider({ id: 'ollama', baseUrl });
  const question = 'What is the weather in Oslo?';
  const messages: ChatMessage[] = [{ role: 'user', content: question }];
  console.log(`  you        ${question}`);
  for (let turn = 0; turn < 2; turn++) {
    const request = { model, messages, tools: TOOLS, streaming: true };
    const { text, toolCalls } = await printAnswer(repairStream(ollama.stream(request, { signal }), { tools: TOOLS }));
    if (toolCalls.length === 0) return;
    messages.push({ role: 'assistant', content: text, toolCalls });
    for (const { id } of toolCalls) {
      console.log('  tool       9 °C, light rain');
      messages.push({ role: 'tool', toolCallId: id, content: '9 °C, light rain' });
    }
  }
}

async function printAnswer(events: ReturnType<typeof repairStream>): Promise<{ text: string; toolCalls: ToolCall[] }> {
  const toolCalls: ToolCall[] = [];
  let text = '';
  let speaking = '';
  const say = (who: string, words: string): void => {
    process.stdout.write(speaking === who ? words : `${speaking === '' ? '' : '\n'}  ${who.padEnd(10)} ${words}`);
    speaking = who;
  };
  for await (const event of events) {
    if (event.type === 'reasoning-delta') say('reasoning', event.text);
    if (event.type === 'text-delta') {
      text += event.text;
      say('answer', event.text);
    }
    if (event.type === 'tool-call-end') {
      toolCalls.push({ id: event.id, name: event.name, argumentsText: event.argumentsText });
      say('tool call', `${event.name}(${event.argumentsText})`);
    }
    if (event.type === 'error') throw event.error;
  }
  console.log();
  return { text, toolCalls };
}
