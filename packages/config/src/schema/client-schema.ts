import * as v from 'valibot';
import { positiveInteger, setting } from './setting.ts';

const tokenSchema = v.pipe(
  v.string(),
  v.check(
    (text) => !text.startsWith('sha256:') || /^sha256:[0-9a-f]{64}$/.test(text),
    'expected `sha256:` and 64 hexadecimal digits in lower case',
  ),
);

const modelPatternSchema = v.pipe(
  v.string(),
  v.check(
    (text) => text === '*' || /^[^\s/]+\/\S+$/.test(text),
    'expected a pattern of model references such as "ollama/qwen3:8b", "ollama/*" or "*"',
  ),
);

const clientSchema = v.strictObject({
  token: setting(
    tokenSchema,
    'The token of this client: the token itself, `${VARIABLE}`, or its hash, `sha256:` and the SHA-256 in hexadecimal digits. `openclaw gateway token add` creates one and stores its hash.',
    { secret: true, examples: ['${CI_TOKEN}'] },
  ),
  models: setting(
    v.array(modelPatternSchema),
    'The models that this client may use: references, in which a `*` stands for any text. Default: all models.',
    { examples: [['ollama/qwen3:8b', 'ollama/llama*']] },
  ),
  maxConcurrent: setting(positiveInteger, 'Maximum concurrent requests of this client. Further ones get 429.'),
  priority: setting(
    v.picklist(['interactive', 'batch']),
    'The priority of its requests where requests are queued. Default: `interactive`.',
  ),
  requestsPerMinute: setting(
    positiveInteger,
    'Maximum requests to models per minute. Further ones get 429. A minute begins with the first request after the previous one has ended.',
  ),
  tokensPerDay: setting(
    positiveInteger,
    'Maximum tokens per day, input and output together. When they are used up, requests get 429. A day begins with the first request after the previous one has ended.',
  ),
});

/** Printed in logs and used as a label of metrics. `owner` stands for who has `gateway.auth.token`. */
const clientNameSchema = v.pipe(
  v.string(),
  v.check(
    (name) => /^[A-Za-z0-9][\w.-]{0,63}$/.test(name) && name !== 'owner',
    'expected the name of a client: up to 64 letters, digits, ".", "_" and "-", and not "owner"',
  ),
);

export const clientsSchema = v.record(clientNameSchema, clientSchema);
