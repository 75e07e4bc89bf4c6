// What is running, for people who would rather look than read. Everything comes from `GET /status`; text is only ever
// set as text, so that nothing a model or a client says becomes part of the page.

const TOKEN_KEY = 'openclaw-gateway-token';
const POLL_MS = 2000;

const element = (id) => document.getElementById(id);

let token = sessionStorage.getItem(TOKEN_KEY) ?? '';
let timer;
/** What is shown in each place, so that nothing is drawn anew (and loses focus) without need. */
const shown = new Map();
/** How to set up each client program. */
let clients = [];
/** Requests whose details are open. */
const opened = new Set();

element('login').addEventListener('submit', (event) => {
  event.preventDefault();
  token = element('token').value;
  void refresh();
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) void refresh();
});
startTryOut();
element('connect-client').addEventListener('change', showSetup);
void refresh();

async function refresh() {
  clearTimeout(timer);
  if (document.hidden) return;
  try {
    const response = await fetch('status', { headers: authorization(), cache: 'no-store' });
    if (response.status === 401 || response.status === 429) {
      askForToken(token === '' ? '' : (await response.json()).error.message);
      return;
    }
    if (!response.ok) throw new Error(`The gateway answered with status ${response.status}.`);
    sessionStorage.setItem(TOKEN_KEY, token);
    element('login').hidden = true;
    element('content').hidden = false;
    show(await response.json());
    if (clients.length === 0) await loadClients();
  } catch (error) {
    showState('bad', error instanceof TypeError ? 'Not reachable; trying again…' : error.message);
  }
  timer = setTimeout(refresh, POLL_MS);
}

async function loadClients() {
  const response = await fetch('connect', { headers: authorization(), cache: 'no-store' });
  if (!response.ok) return;
  clients = (await response.json()).clients;
  element('connect-client').replaceChildren(...clients.map(({ id, name }) => h('option', { value: id }, name)));
  showSetup();
}

/** The gateway knows its own scheme as http only; behind a proxy the page knows better. */
function showSetup() {
  const { file, code, shell, notes } = clients.find(({ id }) => id === element('connect-client').value);
  const here = (text) => text.replaceAll(`http://${location.host}`, location.origin);
  const part = (title, text) =>
    text ? [h('p', { class: 'note' }, title), h('pre', { tabindex: '0' }, here(text))] : [];
  element('connect-setup').replaceChildren(
    ...part(file?.path, file?.text),
    ...part('Add', code),
    ...part('In a shell', shell),
    ...notes.map((text) => h('p', { class: 'note' }, text)),
  );
}

function authorization() {
  return token === '' ? {} : { authorization: `Bearer ${token}` };
}

function askForToken(message) {
  sessionStorage.removeItem(TOKEN_KEY);
  element('content').hidden = true;
  element('login').hidden = false;
  element('login-error').textContent = message;
  showState('warn', 'Locked');
  element('token').focus();
}

function show(status) {
  const { models, hidden, nextCommands, problems, circuits, loads, inFlight, recent, config } = status;
  const state = status.state === 'running' ? (problems.length > 0 || circuits.length > 0 ? 'warn' : 'good') : 'warn';
  const words = status.state === 'running' ? 'Running' : 'Shutting down';
  showState(state, `${words} for ${span(status.uptimeMs)}`);

  draw('notices', { problems, config: config.problem }, () => [
    ...problems.map(renderProblem),
    ...(config.problem
      ? [notice('A file of the configuration has a mistake; what was good before stays in force.', config.problem)]
      : []),
  ]);

  element('models-count').textContent = String(models.length);
  draw('models', { models, hidden, circuits, defaultModel: status.defaultModel }, () =>
    models.length === 0 ? renderNoModels({ hidden, nextCommands }) : models.map((model) => renderModel(model, status)),
  );
  showHidden(hidden);
  showChoices(models);

  const running = inFlight.filter(({ state: at }) => at !== 'ended');
  element('flight-count').textContent = running.length === 0 ? '' : String(running.length);
  draw('loads', loads, () => loads.map(renderLoad));
  draw('flight', running, () =>
    running.length === 0
      ? [h('p', { class: 'empty' }, 'Nothing right now.')]
      : [h('div', { class: 'list' }, ...running.map(renderRunning))],
  );

  element('circuits-section').hidden = circuits.length === 0;
  element('circuits-count').textContent = String(circuits.length);
  draw('circuits', circuits, () => [h('div', { class: 'list' }, ...circuits.map(renderCircuit))]);

  element('recent-count').textContent = recent.length === 0 ? '' : String(recent.length);
  draw('recent', recent, () =>
    recent.length === 0
      ? [h('p', { class: 'empty' }, 'None yet.')]
      : [h('div', { class: 'list' }, ...recent.map(renderEnded))],
  );

  const memory = `${Math.round(status.memoryBytes / 1048576)} MiB of memory`;
  const file = config.exists ? config.path : `${config.path} (not there; defaults are in force)`;
  element('footer').textContent = `${file} · ${memory} · API at ${location.origin}/v1`;
}

function showState(kind, text) {
  document.querySelector('#state .dot').className = `dot ${kind}`;
  // Said anew only when it changes in more than its clock, so that screen readers are left in peace.
  element('state-text').textContent = text;
}

function draw(id, value, render) {
  const text = JSON.stringify(value);
  if (shown.get(id) === text) return;
  shown.set(id, text);
  const place = element(id);
  const focused = place.contains(document.activeElement)
    ? document.activeElement.closest('[data-id]')?.dataset.id
    : undefined;
  place.replaceChildren(...render());
  if (focused !== undefined) place.querySelector(`[data-id="${CSS.escape(focused)}"] > summary`)?.focus();
}

function renderNoModels({ hidden, nextCommands }) {
  const reasons = hidden.map(({ ref, reason }) => h('li', {}, h('code', {}, ref), ` ${reason}`));
  return [
    h('p', { class: 'empty' }, hidden.length === 0 ? 'No models found.' : 'No usable models. All models are hidden:'),
    ...(hidden.length === 0 ? [] : [h('ul', {}, ...reasons)]),
    ...nextCommands.map((command) => h('p', {}, 'Next: ', h('code', {}, command))),
  ];
}

const PROBLEM_TITLES = {
  unreachable: 'cannot be reached',
  unlisted: 'has no listed models',
  unusable: 'cannot be used',
  'not-enabled': 'is running, but not enabled',
};

function renderProblem({ provider, code, message, nextCommand, stale }) {
  const command = nextCommand === undefined ? [] : ['\nNext: ', h('code', {}, nextCommand)];
  return notice(
    `${provider} ${PROBLEM_TITLES[code]}${stale ? '; its last known models are shown' : ''}.`,
    message,
    ...command,
  );
}

function notice(title, ...text) {
  return h('div', { class: 'notice', role: 'alert' }, h('strong', {}, title), ...text);
}

function renderModel(model, { circuits, defaultModel }) {
  const circuit = circuits.find(
    (one) => one.model === model.ref || (one.scope === 'endpoint' && one.endpoint === model.endpoint),
  );
  const primary = typeof defaultModel === 'string' ? defaultModel : defaultModel?.primary;
  const badges = [
    model.ref === primary || model.aliases.includes(primary) ? badge('default', 'accent') : undefined,
    model.tools === true ? badge('tools') : undefined,
    model.reasoning ? badge('reasoning') : undefined,
    model.input.includes('image') ? badge('images') : undefined,
    model.remoteHost !== undefined || !model.local
      ? badge(`runs at ${model.remoteHost ?? 'another place'}`)
      : undefined,
    model.source === 'discovered' ? undefined : badge(model.source),
    ...model.aliases.map((alias) => badge(`alias ${alias}`)),
  ];
  const health =
    circuit === undefined
      ? ['good', 'ready']
      : ['bad', `${circuit.state === 'open' ? `resting, ${span(circuit.retryInMs)} left` : 'being tried again'}`];
  return h(
    'article',
    { class: 'card model' },
    h('h3', {}, h('span', { class: 'provider' }, `${model.provider}/`), model.model),
    h(
      'p',
      { class: 'note' },
      h('span', { class: health[0] }, `● ${health[1]}`),
      ` · ${count(model.contextWindow)} tokens of context`,
    ),
    h('ul', { class: 'badges' }, ...badges.filter((one) => one !== undefined)),
  );
}

function badge(text, kind = '') {
  return h('li', { class: `badge ${kind}` }, text);
}

function showHidden(hidden) {
  const place = element('hidden-models');
  place.hidden = hidden.length === 0;
  place.querySelector('summary').textContent = `${hidden.length} more not offered`;
  const text = JSON.stringify(hidden);
  if (shown.get('hidden') === text) return;
  shown.set('hidden', text);
  place
    .querySelector('ul')
    .replaceChildren(...hidden.map(({ ref, reason }) => h('li', {}, h('code', {}, ref), ` ${reason}`)));
}

function renderLoad({ provider, running, queued, maxConcurrent }) {
  const meter = h('meter', {
    min: '0',
    max: String(maxConcurrent),
    value: String(running),
    'aria-label': `${provider}: ${running} of ${maxConcurrent} places taken`,
  });
  const waiting = queued === 0 ? '' : `, ${queued} waiting`;
  return h('span', {}, h('strong', {}, provider), meter, `${running} of ${maxConcurrent}${waiting}`);
}

function renderRunning(request) {
  return h(
    'div',
    { class: 'entry' },
    h(
      'div',
      { class: 'line' },
      clock(request.startedAt),
      h('span', { class: 'status' }, request.state === 'waiting' ? 'waits' : 'runs'),
      h('span', { class: 'name' }, request.model ?? request.wanted ?? 'default model'),
      h('span', { class: 'kind note' }, kindOf(request)),
      h('span', { class: 'figures' }, span(request.durationMs)),
    ),
  );
}

function renderCircuit({ scope, endpoint, model, state, failures, message, retryInMs }) {
  return h(
    'div',
    { class: 'entry' },
    h(
      'div',
      { class: 'line' },
      h('span', { class: 'bad' }, state),
      h('span', { class: 'note' }, `${failures}×`),
      h('span', { class: 'name' }, scope === 'model' ? model : endpoint),
      h('span', { class: 'kind note' }, scope === 'model' ? 'this model' : 'the whole server'),
      h('span', { class: 'figures' }, retryInMs > 0 ? `again in ${span(retryInMs)}` : 'next request tries'),
    ),
    h('div', { class: 'body note' }, message),
  );
}

function renderEnded(request) {
  const { id, status, errorCode, errorMessage, attempts, repairs, warnings, usage, model, wanted } = request;
  const ok = errorCode === undefined;
  const figures = [
    usage === undefined ? undefined : `${count(usage.inputTokens)} → ${count(usage.outputTokens)} tokens`,
    span(request.durationMs),
  ];
  const details = h(
    'details',
    { class: 'entry', 'data-id': id },
    h(
      'summary',
      {},
      clock(request.startedAt),
      h('span', { class: `status ${ok ? 'good' : errorCode === 'client-left' ? 'warn' : 'bad'}` }, String(status)),
      h('span', { class: 'name' }, model ?? wanted ?? 'default model'),
      h(
        'span',
        { class: 'kind note' },
        [
          kindOf(request),
          ...(attempts.length > 1 ? [`${attempts.length} attempts`] : []),
          ...(repairs.length > 0 ? [`${repairs.length} repaired`] : []),
          ...warnings,
        ].join(' · '),
      ),
      h('span', { class: 'figures' }, figures.filter((one) => one !== undefined).join(' · ')),
    ),
    h(
      'div',
      { class: 'body' },
      ...(ok ? [] : [h('p', { class: 'bad' }, errorMessage)]),
      h(
        'p',
        { class: 'note' },
        [
          `asked for ${wanted ?? 'the default model'}`,
          request.firstEventMs === undefined ? 'no event came' : `first event after ${span(request.firstEventMs)}`,
          ...repairs.map((kind) => `repaired ${kind}`),
          ...warnings.map((kind) => `warning: ${kind}`),
          id,
        ].join(' · '),
      ),
      h('ol', {}, ...attempts.map(renderAttempt)),
    ),
  );
  details.open = opened.has(id);
  details.addEventListener('toggle', () => (details.open ? opened.add(id) : opened.delete(id)));
  return details;
}

function renderAttempt({ model, endpoint, outcome, message, durationMs }) {
  const kind = outcome === 'ok' ? 'good' : 'bad';
  return h(
    'li',
    {},
    h('code', {}, model),
    ` at ${endpoint} `,
    h('span', { class: kind }, outcome),
    ` after ${span(durationMs)}`,
    message ? ` — ${message}` : '',
  );
}

function kindOf({ route, stream }) {
  const name = route.split('/').at(-1);
  return name === 'completions' && route.includes('chat') ? (stream ? 'chat, streamed' : 'chat') : name;
}

function showChoices(models) {
  const select = element('try-model');
  const names = ['openclaw', ...models.map(({ ref }) => ref)];
  if (shown.get('choices') === names.join()) return;
  shown.set('choices', names.join());
  const chosen = select.value || sessionStorage.getItem('openclaw-gateway-model');
  select.replaceChildren(
    ...names.map((name) =>
      h('option', { value: name }, name === 'openclaw' ? 'the default, with its fallbacks' : name),
    ),
  );
  if (names.includes(chosen)) select.value = chosen;
}

function startTryOut() {
  const form = element('try-form');
  const prompt = element('try-prompt');
  let controller;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  prompt.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') controller?.abort();
  });
  element('try-stop').addEventListener('click', () => controller?.abort());

  async function send() {
    if (controller !== undefined || prompt.value.trim() === '') return;
    controller = new AbortController();
    sessionStorage.setItem('openclaw-gateway-model', element('try-model').value);
    setRunning(true);
    try {
      await ask({ model: element('try-model').value, prompt: prompt.value, signal: controller.signal });
    } catch (error) {
      const stopped = error.name === 'AbortError';
      element('try-facts').textContent = stopped ? 'Stopped.' : error.message;
      element('try-facts').className = stopped ? 'note' : 'note bad';
    } finally {
      controller = undefined;
      setRunning(false);
      void refresh();
    }
  }
}

function setRunning(running) {
  element('try-send').disabled = running;
  element('try-stop').hidden = !running;
  element('try-answer').classList.toggle('running', running);
}

async function ask({ model, prompt, signal }) {
  const answer = element('try-answer');
  const reasoning = element('try-reasoning');
  const facts = element('try-facts');
  answer.textContent = '';
  reasoning.hidden = true;
  reasoning.querySelector('.prose').textContent = '';
  facts.className = 'note';
  facts.textContent = 'Waiting for the model…';
  const startedAt = performance.now();
  const response = await fetch('v1/chat/completions', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-openclaw-streaming': 'prefer', ...authorization() },
    body: JSON.stringify({
      model,
      stream: true,
      stream_options: { include_usage: true },
      messages: [{ role: 'user', content: prompt }],
    }),
    signal,
  });
  if (!response.ok) throw new Error((await response.json()).error.message);
  const firstAt = performance.now();
  let answering = model;
  let usage;
  for await (const chunk of readEvents(response.body)) {
    if (chunk.error) throw new Error(chunk.error.message);
    answering = chunk.model;
    usage = chunk.usage ?? usage;
    const delta = chunk.choices[0]?.delta ?? {};
    if (delta.content) answer.append(delta.content);
    if (delta.reasoning) {
      reasoning.hidden = false;
      reasoning.querySelector('.prose').append(delta.reasoning);
    }
    facts.textContent = `${answering} · first event after ${span(firstAt - startedAt)}`;
  }
  const tokens =
    usage === undefined ? '' : ` · ${count(usage.prompt_tokens)} → ${count(usage.completion_tokens)} tokens`;
  facts.textContent += ` · whole after ${span(performance.now() - startedAt)}${tokens}`;
}

/** The JSON of each event; rejects when the stream ends without having said that it is whole. */
async function* readEvents(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) throw new Error('The answer broke off.');
    const events = (rest + value).split('\n\n');
    rest = events.pop();
    for (const event of events) {
      if (event === 'data: [DONE]') return;
      if (event.startsWith('data: ')) yield JSON.parse(event.slice(6));
    }
  }
}

function clock(milliseconds) {
  const date = new Date(milliseconds);
  return h('time', { datetime: date.toISOString() }, date.toLocaleTimeString([], { hour12: false }));
}

function span(milliseconds) {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  if (milliseconds < 3_600_000) return `${Math.round(milliseconds / 60_000)} min`;
  return `${(milliseconds / 3_600_000).toFixed(1)} h`;
}

function count(number) {
  return number.toLocaleString('en').replaceAll(',', '\u202f');
}

/** An element with attributes and children; strings become text. */
function h(name, attributes, ...children) {
  const created = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) created.setAttribute(key, value);
  created.append(...children);
  return created;
}
