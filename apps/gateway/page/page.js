// What is running. Everything comes from `GET /status`; the sections have modules of their own.

import { startChat, showChoices } from './chat.js';
import { loadClients, startConnect } from './connect.js';
import { showClients } from './clients.js';
import { bytes, draw, element, h, setText, span, timeOfDay } from './dom.js';
import { showEndpoints } from './endpoints.js';
import { ask, forgetToken, hasToken, keepToken, useToken } from './gateway-client.js';
import { refreshLog, startLog } from './log.js';
import { refreshLoaded, showModels, startModels } from './models.js';
import { showRequests } from './requests.js';

const POLL_MS = 2000;

let timer;
let lastSeenAt;

element('login').addEventListener('submit', (event) => {
  event.preventDefault();
  useToken(element('token').value);
  void refresh();
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) void refresh();
});
startChat({ onEnd: refresh });
startConnect();
startModels();
startLog();
void refresh();

async function refresh() {
  clearTimeout(timer);
  if (document.hidden) return;
  try {
    const response = await ask('status');
    if ([401, 403, 429].includes(response.status)) {
      askForToken(hasToken() ? (await response.json()).error.message : '');
      return;
    }
    if (!response.ok) throw new Error(`The gateway replied with status ${response.status}.`);
    keepToken();
    element('login').hidden = true;
    element('content').hidden = false;
    show(await response.json());
    await Promise.all([loadClients(), refreshLoaded(), refreshLog()]);
  } catch (error) {
    showUnreachable(error);
  }
  timer = setTimeout(refresh, POLL_MS);
}

/** What is shown is old from now on, and looks it. */
function showUnreachable(error) {
  const since = lastSeenAt === undefined ? '' : ` Last reply at ${timeOfDay(lastSeenAt)}.`;
  const what = error instanceof TypeError ? 'Gateway unreachable; retrying.' : error.message;
  showState('bad', what + since);
  setText('uptime', '');
  element('content').classList.add('stale');
}

function askForToken(message) {
  forgetToken();
  element('content').hidden = true;
  element('login').hidden = false;
  setText('login-error', message);
  showState('warn', 'Locked');
  element('token').focus();
}

function show(status) {
  const { models, problems, circuits, cluster, config } = status;
  lastSeenAt = Date.now();
  element('content').classList.remove('stale');
  const running = status.state === 'running';
  showState(
    running && problems.length === 0 && circuits.length === 0 ? 'good' : 'warn',
    running ? 'Running' : 'Shutting down',
  );
  setText('uptime', `for ${span(status.uptimeMs)}`);

  const alone = cluster?.state === 'alone' ? cluster.reason : undefined;
  draw('notices', { problems, config: config.problem, alone }, () => [
    ...problems.map(renderProblem),
    ...(alone ? [notice('The cluster store does not answer. This gateway uses its share of each limit.', alone)] : []),
    ...(config.problem ? [notice('The last good configuration stays in force.', config.problem)] : []),
  ]);
  showModels(status);
  showChoices(models);
  showEndpoints(status);
  showRequests(status);
  showClients(status);

  const file = config.exists ? config.path : `${config.path} (does not exist; defaults are in force)`;
  setText('footer', `${file} · ${bytes(status.memoryBytes)} of memory · API at ${location.origin}/v1`);
}

function showState(kind, text) {
  document.querySelector('#state .dot').className = `dot ${kind}`;
  setText('state-text', text);
}

const PROBLEM_TITLES = {
  unreachable: 'cannot be reached',
  unlisted: 'has no listed models',
  unusable: 'cannot be used',
  'not-enabled': 'is running, but not enabled',
};

function renderProblem({ provider, code, message, nextCommand, stale }) {
  const command = nextCommand === undefined ? [] : ['\nNext: ', h('code', {}, nextCommand)];
  const title = `${provider} ${PROBLEM_TITLES[code]}${stale ? '; its last known models are shown' : ''}.`;
  return notice(title, message, ...command);
}

function notice(title, ...text) {
  return h('div', { class: 'notice', role: 'alert' }, h('strong', {}, title), ...text);
}
