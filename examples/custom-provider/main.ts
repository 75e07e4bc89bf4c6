// A provider is any object that returns valid streams of events: this one answers from a table, without a server.
// `checkedStream` proves that the streams are valid; a provider with a server also runs `providerConformanceTests`.
import { collectMessage, isProviderError, ProviderError, type Provider } from '@openclaw/provider';
import { checkedStream } from '@openclaw/provider/conformance';

const ANSWERS: Readonly<Record<string, string>> = { ping: 'pong', 'who are you?': 'A table of answers.' };

const table: Provider = {
  id: 'table',
  async *stream({ model, messages }) {
    const said = messages.at(-1)?.content;
    const question = typeof said === 'string' ? said.toLowerCase() : '';
    const answer = ANSWERS[question];
    if (answer === undefined) {
      const message = `The table has no answer to “${question}”. It knows: ${Object.keys(ANSWERS).join(', ')}.`;
      yield { type: 'error', error: new ProviderError('unsupported', message, { provider: 'table', model }) };
      return;
    }
    yield { type: 'start', model };
    yield { type: 'text-delta', text: answer };
    yield { type: 'finish', reason: 'stop' };
  },
};

for (const content of ['ping', 'What time is it?']) {
  try {
    const { text } = await collectMessage(
      checkedStream(table.stream({ model: 'answers', messages: [{ role: 'user', content }] })),
    );
    console.log(`${content} → ${text}`);
  } catch (error) {
    if (!isProviderError(error)) throw error;
    console.log(`${content} → ${error.code}: ${error.message}`);
  }
}
