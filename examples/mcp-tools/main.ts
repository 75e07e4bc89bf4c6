// An agent with the tools of an MCP server, which runs in this process. Other transports connect to other servers.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { collectMessage, type ChatMessage } from '@openclaw/provider';
import { createOpenAICompatProvider } from '@openclaw/provider-openai-compat';
import { repairStream } from '@openclaw/stream-repair';
import { z } from 'zod';

const baseUrl = process.env['OLLAMA_HOST'] ?? 'http://127.0.0.1:11434';
const model = process.argv[2] ?? 'gpt-oss:20b';

const client = await connectToServer();
const { tools: offered } = await client.listTools();
const tools = offered.map(({ name, description, inputSchema }) => ({
  name,
  ...(description !== undefined && { description }),
  parameters: z.record(z.string(), z.json()).parse(inputSchema),
}));
console.log(`The server offers: ${tools.map(({ name }) => name).join(', ')}`);

const ollama = createOpenAICompatProvider({ id: 'ollama', baseUrl });
const messages: ChatMessage[] = [{ role: 'user', content: 'What is the weather in Oslo?' }];

for (let round = 1; round <= 10; round++) {
  const { text, toolCalls } = await collectMessage(repairStream(ollama.stream({ model, messages, tools }), { tools }));
  if (toolCalls.length === 0) {
    console.log(text);
    break;
  }
  messages.push({ role: 'assistant', content: text, toolCalls });
  for (const { id, name, argumentsText } of toolCalls) {
    const result = await client.callTool({ name, arguments: JSON.parse(argumentsText) });
    const content = JSON.stringify(result.content);
    console.log(`${name}(${argumentsText}) → ${content}`);
    messages.push({ role: 'tool', toolCallId: id, content });
  }
}
await ollama.close();
await client.close();

async function connectToServer(): Promise<Client> {
  const server = new McpServer({ name: 'weather', version: '1.0.0' });
  server.registerTool(
    'get_weather',
    { description: 'The weather in a city, now.', inputSchema: { city: z.string() } },
    ({ city }) => ({ content: [{ type: 'text', text: `9 °C and light rain in ${city}.` }] }),
  );
  const [clientSide, serverSide] = InMemoryTransport.createLinkedPair();
  await server.connect(serverSide);
  const connected = new Client({ name: 'example', version: '1.0.0' });
  await connected.connect(clientSide);
  return connected;
}
