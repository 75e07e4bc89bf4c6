// LangChain with the gateway: a model with a tool. Start `openclaw gateway run` first.
import { HumanMessage, ToolMessage, type BaseMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI } from '@langchain/openai';
import { z } from 'zod';

const getWeather = tool(({ city }) => `9 °C and light rain in ${city}.`, {
  name: 'get_weather',
  description: 'The weather in a city, now.',
  schema: z.object({ city: z.string() }),
});
const model = new ChatOpenAI({
  model: 'openclaw',
  apiKey: process.env['OPENAI_API_KEY'] ?? 'unused',
  configuration: { baseURL: process.env['OPENAI_BASE_URL'] ?? 'http://127.0.0.1:18789/v1' },
}).bindTools([getWeather]);

const messages: BaseMessage[] = [new HumanMessage('What is the weather in Oslo?')];
let answer = await model.invoke(messages);
while (answer.tool_calls?.length) {
  messages.push(answer);
  for (const { id = '', name, args } of answer.tool_calls) {
    const { city } = z.object({ city: z.string() }).parse(args);
    const content = await getWeather.invoke({ city });
    console.log(`${name} → ${content}`);
    messages.push(new ToolMessage({ tool_call_id: id, content }));
  }
  answer = await model.invoke(messages);
}
console.log(answer.text);
