// The endpoints of providers that have several: what each does, has loaded, and why it was chosen.

import { count, draw, element, h, setText } from './dom.js';

const CIRCUITS = { closed: ['good', 'ready'], 'half-open': ['warn', 'being probed'], open: ['bad', 'circuit open'] };

export function showEndpoints({ endpoints }) {
  element('endpoints-section').hidden = endpoints.length === 0;
  setText('endpoints-count', String(endpoints.length));
  draw('endpoints', endpoints, () => {
    const titles = ['Endpoint', 'State', 'Running', 'In memory', 'Chosen', 'Loads', 'Loads avoided'];
    return [
      h(
        'table',
        {},
        h('thead', {}, h('tr', {}, ...titles.map((title) => h('th', { scope: 'col' }, title)))),
        h('tbody', {}, ...endpoints.map(renderEndpoint)),
      ),
    ];
  });
}

function renderEndpoint({ provider, endpoint, url, circuit, running, queued, loaded, choices, loads, reloadsAvoided }) {
  const [kind, state] = CIRCUITS[circuit];
  const waiting = queued === 0 ? '' : `, ${queued} waiting`;
  const reasons = Object.entries(choices).map(([reason, times]) => `${reason} ${count(times)}`);
  const cells = [
    h('span', { class: kind }, state),
    `${running}${waiting}`,
    loaded === undefined ? 'not told' : loaded.join(', ') || 'nothing',
    reasons.join(', ') || 'never',
    count(loads),
    count(reloadsAvoided),
  ];
  return h(
    'tr',
    {},
    h('th', { scope: 'row', title: url }, `${provider}/${endpoint}`),
    ...cells.map((cell) => h('td', {}, cell)),
  );
}
