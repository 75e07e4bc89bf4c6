// A conversation with a model, streamed from the API that clients use.

import { copyButton, count, draw, element, h, rate, setText, span } from './dom.js';
import { ask } from './gateway-client.js';
import { createMarkdownView } from './markdown.js';

const MODEL_KEY = 'openclaw-gateway-model';

/** The conversation as the API takes it. */
let messages = [];
let running;

/** The models to choose from. */
export function showChoices(models) {
  const select = element('chat-model');
  const names = ['openclaw', ...models.map(({ ref }) => ref)];
  const chosen = select.value || sessionStorage.getItem(MODEL_KEY);
  draw('chat-model', names, () =>
    names.map((name) => h('option', { value: name }, name === 'openclaw' ? 'the default, with its fallbacks' : name)),
  );
  if (names.includes(chosen)) select.value = chosen;
}

/** @param onEnd called after each answer */
export function startChat({ onEnd }) {
  const form = element('chat-form');
  const prompt = element('chat-prompt');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send({ onEnd });
  });
  prompt.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') running?.abort();
  });
  element('chat-stop').addEventListener('click', () => running?.abort());
  element('chat-new').addEventListener('click', () => {
    running?.abort();
    messages = [];
    element('chat-turns').replaceChildren();
    element('chat-new').hidden = true;
    setText('chat-status', '');
    prompt.focus();
  });
}

async function send({ onEnd }) {
  const prompt = element('chat-prompt');
  const text = prompt.value.trim();
  if (running !== undefined || text === '') return;
  const controller = new AbortController();
  running = controller;
  const model = element('chat-model').value;
  sessionStorage.setItem(MODEL_KEY, model);
  const conversation = [...messages, { role: 'user', content: text }];
  messages = conversation;
  prompt.value = '';
  const turn = addTurn(text);
  setRunning(true);
  setText('chat-status', 'Waiting for the model…');
  try {
    const answer = await stream({ model, conversation, turn, signal: controller.signal });
    if (messages === conversation) messages = [...conversation, { role: 'assistant', content: answer }];
    setText('chat-status', 'The answer is complete.');
  } catch (error) {
    const stopped = error.name === 'AbortError';
    turn.facts.className = stopped ? 'facts note' : 'facts note bad';
    turn.facts.textContent = stopped ? 'Stopped.' : error.message;
    setText('chat-status', stopped ? 'Stopped.' : 'The request failed.');
    // The prompt can be sent again; the conversation goes on as if it had not been asked.
    if (messages === conversation) messages = conversation.slice(0, -1);
    if (prompt.value === '' && !stopped) prompt.value = text;
  } finally {
    turn.end();
    running = undefined;
    setRunning(false);
    onEnd();
  }
}

function setRunning(isRunning) {
  element('chat-send').disabled = isRunning;
  element('chat-stop').hidden = !isRunning;
  element('chat-new').hidden = false;
}

/** A question and the place of its answer. */
function addTurn(question) {
  const reasoning = h('details', { class: 'reasoning', hidden: '' }, h('summary', {}, 'Reasoning'));
  const thoughts = h('div', { class: 'prose' });
  reasoning.append(thoughts);
  const body = h('div', { class: 'markdown' });
  const facts = h('p', { class: 'facts note' });
  const answer = h('article', { class: 'answer running', 'aria-label': 'Answer' }, reasoning, body, facts);
  element('chat-turns').append(h('div', { class: 'question prose' }, question), answer);
  const view = createMarkdownView(body);
  const turn = { text: '', thoughts: '', facts, show, end };
  let frame;

  /** At most once per frame, however many chunks come. */
  function show() {
    frame ??= requestAnimationFrame(render);
  }

  function render() {
    cancelAnimationFrame(frame);
    frame = undefined;
    view.update(turn.text);
    if (turn.thoughts === '') return;
    if (reasoning.hidden) reasoning.open = true;
    reasoning.hidden = false;
    thoughts.textContent = turn.thoughts;
  }

  function end() {
    render();
    answer.classList.remove('running');
    if (turn.text === '') return;
    // The answer is what matters now. It was open while there was nothing else to read.
    reasoning.open = false;
    facts.append(
      ' ',
      copyButton(() => turn.text, body),
    );
  }
  return turn;
}

/** Streams an answer into a turn. Returns its text; rejects if it ends early. */
async function stream({ model, conversation, turn, signal }) {
  const startedAt = performance.now();
  const response = await ask('v1/chat/completions', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-openclaw-streaming': 'prefer' },
    body: JSON.stringify({
      model,
      stream: true,
      stream_options: { include_usage: true },
      messages: conversation,
    }),
    signal,
  });
  if (!response.ok) throw new Error((await response.json()).error.message);
  let firstAt;
  let answering = model;
  let usage;
  for await (const chunk of readEvents(response.body)) {
    if (chunk.error) throw new Error(chunk.error.message);
    answering = chunk.model;
    usage = chunk.usage ?? usage;
    const { content = '', reasoning = '' } = chunk.choices[0]?.delta ?? {};
    if (!content && !reasoning) continue;
    if (firstAt === undefined) setText('chat-status', 'Answering…');
    firstAt ??= performance.now();
    turn.text += content ?? '';
    turn.thoughts += reasoning ?? '';
    turn.show();
  }
  turn.facts.textContent = factsOf({ answering, usage, startedAt, firstAt, endedAt: performance.now() });
  return turn.text;
}

function factsOf({ answering, usage, startedAt, firstAt, endedAt }) {
  const facts = [answering];
  if (firstAt !== undefined) facts.push(`first token after ${span(firstAt - startedAt)}`);
  facts.push(`complete after ${span(endedAt - startedAt)}`);
  if (usage) {
    facts.push(`${count(usage.prompt_tokens)} → ${count(usage.completion_tokens)} tokens`);
    const writing = endedAt - (firstAt ?? endedAt);
    // An answer that came in one piece has no speed that could be seen from here.
    if (writing > 50) facts.push(rate((usage.completion_tokens / writing) * 1000));
  }
  return facts.join(' · ');
}

/** The JSON of each event; rejects when the stream ends without `[DONE]`. */
async function* readEvents(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) throw new Error('The connection closed before the answer was complete.');
    const events = (rest + value).split('\n\n');
    rest = events.pop();
    for (const event of events) {
      if (event === 'data: [DONE]') return;
      if (event.startsWith('data: ')) yield JSON.parse(event.slice(6));
    }
  }
}
