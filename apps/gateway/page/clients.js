// What each client with a token of its own may use, and has used.

import { count, draw, element, h, setText } from './dom.js';

export function showClients({ clients }) {
  element('clients-section').hidden = clients.length === 0;
  setText('clients-count', String(clients.length));
  draw('clients', clients, () => [h('div', { class: 'list' }, ...clients.map(renderClient))]);
}

function renderClient({ name, running, requests, limited, inputTokens, outputTokens, ...granted }) {
  return h(
    'div',
    { class: 'entry' },
    h(
      'div',
      { class: 'line' },
      h('span', {}, `${count(requests)}×`),
      h('span', { class: limited > 0 ? 'bad' : 'note' }, limited > 0 ? `${limited} refused` : ''),
      h('span', { class: 'name' }, name),
      h('span', { class: 'kind note' }, running > 0 ? `${running} running` : ''),
      h('span', { class: 'figures' }, `${count(inputTokens)} → ${count(outputTokens)} tokens`),
    ),
    h('div', { class: 'body note' }, describeGrant({ running, ...granted })),
  );
}

function describeGrant({ running, models, limits = {}, minute, day }) {
  const parts = [
    models === undefined ? 'all models' : models.join(', '),
    limits.maxConcurrent === undefined ? undefined : `${running} of ${limits.maxConcurrent} at a time`,
    minute === undefined ? undefined : `${minute.used} of ${limits.requestsPerMinute} requests this minute`,
    day === undefined ? undefined : `${count(day.used)} of ${count(limits.tokensPerDay)} tokens today`,
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}
