// The official openai client without a gateway: its requests are answered in this process.
import { createOpenClawFetch } from '@openclaw/fetch';
import { createOpenClaw } from '@openclaw/runtime';
import OpenAI from 'openai';

const baseUrl = process.env['OLLAMA_HOST'] ?? 'http://127.0.0.1:11434';
const model = process.argv[2] ?? 'gpt-oss:20b';

await using claw = await createOpenClaw({
  config: {
    models: { providers: { ollama: { api: 'ollama', baseUrl } } },
    agents: { defaults: { model: `ollama/${model}` } },
  },
});
const client = new OpenAI({
  fetch: createOpenClawFetch({ claw }),
  baseURL: 'http://openclaw/v1', // any host: nothing is sent there
  apiKey: 'unused',
  maxRetries: 0, // the fallbacks are the retries
});
const answer = await client.chat.completions.create({
  model: 'openclaw',
  messages: [{ role: 'user', content: 'Say hello.' }],
});
console.log(answer.choices[0]?.message.content);
console.log(`(answered by ${answer.model})`);
