// Two hosts with the same model: the second answers when the first is down.
import { createOpenClaw } from '@openclaw/runtime';

const baseUrl = process.env['OLLAMA_HOST'] ?? 'http://127.0.0.1:11434';
const model = process.argv[2] ?? 'gpt-oss:20b';

await using claw = await createOpenClaw({
  config: {
    models: {
      // Nothing listens at the first address.
      providers: { desktop: { api: 'ollama', baseUrl: 'http://127.0.0.1:1' }, laptop: { api: 'ollama', baseUrl } },
    },
    agents: { defaults: { model: { primary: `desktop/${model}`, fallbacks: [`laptop/${model}`] } } },
  },
});
const answer = await claw.chat({ messages: [{ role: 'user', content: 'Say hello.' }] }).message();
for (const attempt of answer.attempts) console.log(`${attempt.model}: ${attempt.outcome}`);
console.log(answer.text);
