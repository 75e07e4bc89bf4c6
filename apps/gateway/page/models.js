// Models: which there are, in which order they are asked, how they are, and which are in memory.

import { bytes, count, draw, element, emptyNote, h, setText, span } from './dom.js';
import { askJson } from './gateway-client.js';

/** From this number of models on there is a filter. */
const FILTER_FROM = 9;
const LOADED_POLL_MS = 5000;

let latest;
let loadedAt = -Infinity;

export function startModels() {
  element('models-filter').addEventListener('input', () => showModels(latest));
}

export function showModels(status) {
  latest = status;
  const { models, hidden, nextCommands } = status;
  element('models-filter-row').hidden = models.length < FILTER_FROM;
  const words = element('models-filter-row').hidden ? [] : wordsOf(element('models-filter').value);
  const states = new Map(models.map((model) => [model.ref, stateOf(model, status)]));
  const chosen = models.filter((model) => words.every((word) => searchText(model, states).includes(word)));
  setText(
    'models-count',
    chosen.length === models.length ? String(models.length) : `${chosen.length} of ${models.length}`,
  );
  draw('models', { chosen, hidden, states: [...states], order: status.defaultModel }, () => {
    if (models.length === 0) return renderNoModels({ hidden, nextCommands });
    if (chosen.length === 0) return [emptyNote('No model matches the filter.')];
    return chosen.map((model) => renderModel(model, { status, state: states.get(model.ref) }));
  });
  showOrder(status, states);
  showHidden(hidden);
}

function wordsOf(text) {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

function searchText(model, states) {
  return [model.ref, ...model.aliases, ...abilitiesOf(model), states.get(model.ref).text].join(' ').toLowerCase();
}

/** What is known of a model's health; nothing is claimed that was not seen. */
function stateOf(model, { circuits, problems, recent }) {
  const circuit = circuits.find(
    (one) => one.model === model.ref || (one.scope === 'endpoint' && one.endpoint === model.endpoint),
  );
  if (circuit !== undefined) return circuitState(circuit);
  const problem = problems.find(
    ({ provider, endpoint }) =>
      provider === model.provider && (endpoint === undefined || endpoint === model.endpointName),
  );
  if (problem?.stale) return { kind: 'warn', text: 'server unreachable; as last seen' };
  const last = recent.find((request) => request.model === model.ref);
  if (last === undefined) return { kind: 'unknown', text: 'not asked yet' };
  return last.errorCode === undefined || last.errorCode === 'client-left'
    ? { kind: 'good', text: 'answered' }
    : { kind: 'warn', text: 'last request failed' };
}

export function circuitState({ state, retryInMs }) {
  if (state !== 'open') return { kind: 'warn', text: 'being probed' };
  return retryInMs > 0
    ? { kind: 'bad', text: `circuit open, probe in ${span(retryInMs)}` }
    : { kind: 'warn', text: 'due for a probe' };
}

function renderModel(model, { status, state }) {
  const badges = [
    isPrimary(model, status.defaultModel) ? badge('default', 'accent') : undefined,
    ...abilitiesOf(model).map((ability) => badge(ability)),
    model.remoteHost !== undefined || !model.local ? badge(`runs at ${model.remoteHost ?? 'another host'}`) : undefined,
    model.source === 'discovered' ? undefined : badge(model.source),
    ...model.aliases.map((alias) => badge(`alias ${alias}`)),
  ];
  return h(
    'article',
    { class: 'card model' },
    h('h3', {}, h('span', { class: 'provider' }, `${model.provider}/`), model.model),
    h(
      'p',
      { class: 'note' },
      h('span', { class: state.kind }, `● ${state.text}`),
      ` · ${count(model.contextWindow)} tokens of context`,
    ),
    h('ul', { class: 'badges' }, ...badges),
  );
}

function abilitiesOf({ tools, reasoning, input }) {
  return [
    ...(tools === true ? ['tools'] : []),
    ...(reasoning ? ['reasoning'] : []),
    ...(input.includes('image') ? ['images'] : []),
  ];
}

function isPrimary({ ref, aliases }, defaultModel) {
  const [primary] = orderOf(defaultModel);
  return ref === primary || aliases.includes(primary);
}

function badge(text, kind = '') {
  return h('li', { class: `badge ${kind}` }, text);
}

/** The primary model and its fallbacks, as configured. */
function orderOf(defaultModel) {
  if (typeof defaultModel === 'string') return [defaultModel];
  return [defaultModel?.primary, ...(defaultModel?.fallbacks ?? [])].filter((name) => name !== undefined);
}

function showOrder({ models, defaultModel }, states) {
  const order = orderOf(defaultModel);
  element('order').hidden = order.length < 2;
  const entries = order.map((name) => {
    const model = models.find(({ ref, aliases }) => ref === name || aliases.includes(name));
    return { name, state: model === undefined ? { kind: 'bad', text: 'not available' } : states.get(model.ref) };
  });
  draw('order-list', entries, () =>
    entries.map(({ name, state }) =>
      h('li', {}, h('code', {}, name), ' ', h('span', { class: state.kind }, state.text)),
    ),
  );
}

function renderNoModels({ hidden, nextCommands }) {
  const reasons = hidden.map(({ ref, reason }) => h('li', {}, h('code', {}, ref), ` ${reason}`));
  return [
    emptyNote(hidden.length === 0 ? 'No models found.' : 'No usable models. All models are hidden:'),
    hidden.length === 0 ? undefined : h('ul', {}, ...reasons),
    ...nextCommands.map((command) => h('p', {}, 'Next: ', h('code', {}, command))),
  ].filter((part) => part !== undefined);
}

function showHidden(hidden) {
  element('hidden-models').hidden = hidden.length === 0;
  setText('hidden-summary', `${hidden.length} more not offered`);
  draw('hidden-list', hidden, () => hidden.map(({ ref, reason }) => h('li', {}, h('code', {}, ref), ` ${reason}`)));
}

/** Asks each Ollama server what it has in memory, less often than the rest. */
export async function refreshLoaded() {
  if (performance.now() - loadedAt < LOADED_POLL_MS) return;
  loadedAt = performance.now();
  const { models } = (await askJson('api/ps')) ?? { models: [] };
  setText('loaded-count', models.length === 0 ? '' : String(models.length));
  const rows = models.map((model) => ({ ...model, expires: expiryOf(model.expires_at) }));
  draw('loaded', rows, () => {
    if (rows.length === 0) return [emptyNote('No model is in memory. The first request loads one.')];
    const titles = ['Model', 'Memory', 'On the GPU', 'Context', 'Unloads'];
    return [
      h(
        'table',
        {},
        h('thead', {}, h('tr', {}, ...titles.map((title) => h('th', { scope: 'col' }, title)))),
        h('tbody', {}, ...rows.map(renderLoaded)),
      ),
    ];
  });
}

function renderLoaded({ name, size, size_vram: inVideoMemory = 0, context_length: context, expires }) {
  const share = size > 0 ? `${Math.round((inVideoMemory / size) * 100)} %` : '–';
  const cells = [bytes(size ?? 0), share, context === undefined ? '–' : count(context), expires];
  return h('tr', {}, h('th', { scope: 'row' }, name), ...cells.map((cell) => h('td', {}, cell)));
}

/** Ollama gives a model that never expires a date centuries ahead. */
function expiryOf(text) {
  const left = Date.parse(text) - Date.now();
  if (Number.isNaN(left)) return '–';
  if (left > 10 * 365 * 86_400_000) return 'never';
  return left <= 0 ? 'now' : `in ${span(Math.ceil(left / 60_000) * 60_000)}`;
}
