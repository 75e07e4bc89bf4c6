/**
 * An upstream of the soak: the Ollama simulator, which sends the ordered answers. It runs in its own process, so that
 * it can be killed.
 */
import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import type { Reply, Step } from '@openclaw/ollama-simulator';
import { onParentMessage, sendToParent } from '../process-messages.ts';
import { answerText, answerWords, findOrder } from '../scripted-answer.ts';
import type { AnswerOrder } from '../scripted-answer.ts';
import type { UpstreamCommand, UpstreamMessage, UpstreamMode } from './upstream-mode.ts';

let mode: UpstreamMode = 'normal';
let requests = 0;

const simulator = await startOllamaSimulator({
  port: Number(process.argv[2]),
  // As the configuration of the gateway says: the largest requests fit.
  models: [{ name: 'chat', capabilities: ['completion', 'tools'], contextLength: 32_000_000 }],
  reply({ rawBody }) {
    const order = findOrder(rawBody);
    return order === undefined ? undefined : replyTo(order);
  },
});

function replyTo(order: AnswerOrder): Reply {
  const steps: Step[] = order.tool
    ? [{ toolCall: { name: 'report', arguments: { text: answerText(order) } } }]
    : answerWords(order).map((text) => ({ text }));
  const half = steps.slice(0, steps.length >> 1);
  const even = requests++ % 2 === 0;
  switch (mode) {
    case 'normal':
    case 'stale':
      return { steps, pauseMs: order.pauseMs };
    case 'cut':
      return [...half, even ? { cut: true } : { end: true }];
    case 'storm':
      return { http: { status: even ? 503 : 429, headers: { 'retry-after': '1' }, body: '{"error":"too busy"}' } };
    case 'broken':
      return [...(even ? half : []), { error: 'the runner died' }];
  }
}

// The journal keeps every request, large ones too, and nothing here reads it.
setInterval(() => simulator.journal.clear(), 1_000).unref();
onParentMessage<UpstreamCommand>((command) => {
  if (command.type === 'mode') mode = command.mode;
  else tell({ type: 'report', activeRequests: simulator.journal.inFlight });
});
tell({ type: 'ready' });

function tell(message: UpstreamMessage): void {
  sendToParent(message);
}
