// Requests that run, circuits that are not closed, and the last requests with their attempts and speed.

import { clock, count, draw, element, emptyNote, h, rate, setText, span } from './dom.js';
import { renderGraph } from './graph.js';
import { circuitState } from './models.js';

/** Requests whose details are open. */
const opened = new Set();

export function showRequests({ inFlight, loads, cluster, circuits, recent }) {
  const running = inFlight.filter(({ state }) => state !== 'ended');
  setText('flight-count', running.length === 0 ? '' : String(running.length));
  draw('loads', { loads, members: cluster?.members }, () => [
    ...(cluster === undefined ? [] : [renderCluster(cluster)]),
    ...loads.map(renderLoad),
  ]);
  draw('flight', running, () => listOf(running.map(renderRunning), 'No request is running.'));

  element('circuits-section').hidden = circuits.length === 0;
  setText('circuits-count', String(circuits.length));
  draw('circuits', circuits, () => listOf(circuits.map(renderCircuit), ''));

  setText('recent-count', recent.length === 0 ? '' : String(recent.length));
  const speeds = recent.flatMap((request) => speedOf(request) ?? []).toReversed();
  draw('speed', speeds, () => (speeds.length < 2 ? [] : [renderGraph(speeds)]));
  draw('recent', recent, () => listOf(recent.map(renderEnded), 'No request yet. Ask above, or connect a client.'));
}

function listOf(entries, otherwise) {
  return entries.length === 0 ? [emptyNote(otherwise)] : [h('div', { class: 'list' }, ...entries)];
}

/** Output tokens per second: by the server's own clock where it says it, else from the first event to the end. */
function speedOf({ usage, stream, firstEventMs, durationMs }) {
  if (usage === undefined || usage.outputTokens === 0) return undefined;
  const ms = usage.outputMs ?? (stream ? durationMs - (firstEventMs ?? durationMs) : 0);
  return ms > 0 ? (usage.outputTokens / ms) * 1000 : undefined;
}

/** Limits count for all gateways together. */
function renderCluster({ members }) {
  const text = members.length === 1 ? ' 1 gateway' : ` ${members.length} gateways`;
  return h('span', { title: members.join(', ') }, h('strong', {}, 'cluster'), text);
}

function renderLoad({ provider, endpoint, running, queued, maxConcurrent }) {
  const name = endpoint === undefined ? provider : `${provider} at ${endpoint}`;
  const waiting = queued === 0 ? '' : `, ${queued} waiting`;
  if (maxConcurrent === null) return h('span', {}, h('strong', {}, name), ` ${running} running${waiting}`);
  const meter = h('meter', {
    min: '0',
    max: String(maxConcurrent),
    value: String(running),
    'aria-label': `${name}: ${running} of ${maxConcurrent} running`,
  });
  return h('span', {}, h('strong', {}, name), meter, `${running} of ${maxConcurrent}${waiting}`);
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

function renderCircuit(circuit) {
  const { scope, endpoint, model, failures, message } = circuit;
  const { kind, text } = circuitState(circuit);
  return h(
    'div',
    { class: 'entry' },
    h(
      'div',
      { class: 'line' },
      h('span', { class: 'note' }, `${failures}×`),
      h('span', {}),
      h('span', { class: 'name' }, scope === 'model' ? model : endpoint),
      h('span', { class: 'kind note' }, scope === 'model' ? 'this model' : 'the whole server'),
      h('span', { class: `figures ${kind}` }, text),
    ),
    h('div', { class: 'body note' }, message),
  );
}

function renderEnded(request) {
  const { id, status, errorCode, usage, model, wanted } = request;
  const kind = errorCode === undefined ? 'good' : errorCode === 'client-left' ? 'warn' : 'bad';
  const speed = speedOf(request);
  const figures = [
    usage === undefined ? undefined : `${count(usage.inputTokens)} → ${count(usage.outputTokens)} tokens`,
    speed === undefined ? undefined : rate(speed),
    span(request.durationMs),
  ];
  const details = h(
    'details',
    { class: 'entry', 'data-id': id },
    h(
      'summary',
      {},
      clock(request.startedAt),
      h('span', { class: `status ${kind}` }, String(status)),
      h('span', { class: 'name' }, model ?? wanted ?? 'default model'),
      h('span', { class: 'kind note' }, remarksOf(request).join(' · ')),
      h('span', { class: 'figures' }, figures.filter((one) => one !== undefined).join(' · ')),
    ),
    renderDetails(request),
  );
  details.open = opened.has(id);
  details.addEventListener('toggle', () => (details.open ? opened.add(id) : opened.delete(id)));
  return details;
}

function remarksOf({ attempts, repairs, warnings, ...request }) {
  return [
    kindOf(request),
    ...(attempts.length > 1 ? [`${attempts.length} attempts`] : []),
    ...(repairs.length > 0 ? [`${repairs.length} repaired`] : []),
    ...warnings,
  ];
}

function renderDetails({ id, wanted, errorCode, errorMessage, firstEventMs, repairs, warnings, attempts }) {
  const facts = [
    `asked for ${wanted ?? 'the default model'}`,
    firstEventMs === undefined ? 'no first token' : `first token after ${span(firstEventMs)}`,
    ...repairs.map((kind) => `repaired ${kind}`),
    ...warnings.map((kind) => `warning: ${kind}`),
    id,
  ];
  return h(
    'div',
    { class: 'body' },
    errorCode === undefined ? undefined : h('p', { class: 'bad' }, errorMessage),
    h('p', { class: 'note' }, facts.join(' · ')),
    h('ol', {}, ...attempts.map(renderAttempt)),
  );
}

function renderAttempt({ model, endpoint, outcome, message, durationMs }) {
  return h(
    'li',
    {},
    h('code', {}, model),
    ` at ${endpoint} `,
    h('span', { class: outcome === 'ok' ? 'good' : 'bad' }, outcome),
    ` after ${span(durationMs)}`,
    message ? `: ${message}` : '',
  );
}

function kindOf({ route, stream }) {
  const path = route.slice(route.indexOf(' ') + 1);
  const name = { '/v1/chat/completions': 'chat', '/v1/messages': 'messages', '/v1/responses': 'responses' }[path];
  return `${name ?? path}${stream ? ', streamed' : ''}`;
}
