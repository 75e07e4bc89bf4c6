// The official openai client with the gateway: start `openclaw gateway run` first.
import OpenAI from 'openai';

const client = new OpenAI({
  baseURL: process.env['OPENAI_BASE_URL'] ?? 'http://127.0.0.1:18789/v1',
  apiKey: process.env['OPENAI_API_KEY'] ?? 'unused',
});

// `openclaw` is the configured default model, with its fallbacks.
const stream = await client.chat.completions.create({
  model: 'openclaw',
  messages: [{ role: 'user', content: 'Say hello.' }],
  stream: true,
});
let answeredBy = '';
for await (const chunk of stream) {
  answeredBy = chunk.model;
  process.stdout.write(chunk.choices[0]?.delta.content ?? '');
}
console.log(`\n(answered by ${answeredBy})`);
