import * as v from 'valibot';
import { httpUrlSchema } from './http-url-schema.ts';
import { described, positiveInteger, setting } from './setting.ts';

const endpointSchema = v.strictObject({
  baseUrl: described(httpUrlSchema, 'The base URL of the server. For Ollama with or without `/v1`.', {
    examples: ['http://gpu-1:11434'],
  }),
  name: setting(
    v.pipe(v.string(), v.regex(/^[\x21-\x7e]+$/, 'expected a name without blanks, such as "gpu-1"')),
    'The name in messages, metrics and lists. Default: host and port of `baseUrl`.',
  ),
  weight: setting(
    v.pipe(v.number(), v.finite(), v.gtValue(0, 'expected a number above 0')),
    'The share of the requests in relation to the other endpoints: 2 for a server that is twice as fast. Default: 1.',
  ),
  models: setting(
    v.array(v.pipe(v.string(), v.nonEmpty())),
    'The only models to use there, by name on the server. `*` stands for any text. Default: all that the server has.',
    { examples: [['gpt-oss:*', 'qwen3*']] },
  ),
  maxConcurrent: setting(
    positiveInteger,
    'Maximum concurrent requests to this endpoint. Others are queued. Default: `maxConcurrent` of the provider.',
  ),
  headers: setting(
    v.record(v.string(), v.string()),
    'HTTP headers of every request to this endpoint; they override those of the provider.',
    { secret: true },
  ),
  apiKey: setting(v.string(), 'The key for this endpoint, as `apiKey` of the provider, which it replaces.', {
    secret: true,
  }),
});

type EndpointEntry = v.InferOutput<typeof endpointSchema>;

/** The servers of a provider that has several. */
export const endpointsSchema = v.pipe(
  v.array(endpointSchema),
  v.minLength(1, 'expected at least one endpoint'),
  v.check(
    (entries) => repeated(entries.map(nameOf)) === undefined,
    ({ input }) => `two endpoints have the name "${repeated(input.map(nameOf))}". Give one of them another \`name\``,
  ),
  v.check(
    (entries) => repeated(entries.map(addressOf)) === undefined,
    ({ input }) => `two endpoints have the address ${repeated(input.map(addressOf))}. Remove one of them`,
  ),
);

/** The endpoint with its name: the written one, or host, port and path. */
export function withEndpointName(entry: EndpointEntry): EndpointEntry & { readonly name: string } {
  return { ...entry, name: nameOf(entry) };
}

/** Where a base URL leads, whether or not it ends with `/v1`. Without credentials, because messages show it. */
export function serverAddress(baseUrl: string): string {
  const { protocol, host, pathname } = new URL(baseUrl);
  return `${protocol}//${host}${pathname.replace(/(?:\/v1)?\/*$/, '')}`;
}

function nameOf({ name, baseUrl }: EndpointEntry): string {
  return name ?? serverAddress(baseUrl).replace(/^https?:\/\//, '');
}

function addressOf({ baseUrl }: EndpointEntry): string {
  return serverAddress(baseUrl);
}

function repeated(texts: readonly string[]): string | undefined {
  return texts.find((text, index) => texts.indexOf(text) !== index);
}
