// Elements, sections that are drawn only on change, and figures in words. Text is only ever set as text: nothing that a
// model, a client or a server says becomes markup.

export const element = (id) => document.getElementById(id);

/** Creates an element with attributes and children. Strings become text; `undefined` is left out. */
export function h(name, attributes, ...children) {
  return build(document.createElement(name), attributes, children);
}

/** As `h`, for SVG. */
export function svg(name, attributes, ...children) {
  return build(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

function build(created, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) created.setAttribute(key, value);
  // One by one: a call takes only so many arguments.
  for (const child of children) if (child !== undefined) created.append(child);
  return created;
}

const drawn = new Map();

/** Renders a section again only if its data changed, and keeps the focus in it. */
export function draw(id, data, render) {
  const text = JSON.stringify(data);
  if (drawn.get(id) === text) return;
  drawn.set(id, text);
  const place = element(id);
  const active = document.activeElement;
  const focused = place.contains(active) ? active.closest('[data-id]')?.dataset.id : undefined;
  place.replaceChildren(...render());
  if (focused === undefined) return;
  const again = place.querySelector(`[data-id="${CSS.escape(focused)}"]`);
  (again?.querySelector('summary') ?? again)?.focus();
}

/** Sets a text only if it differs, so that a live region is read aloud on change only. */
export function setText(id, text) {
  if (element(id).textContent !== text) element(id).textContent = text;
}

export function emptyNote(text) {
  return h('p', { class: 'empty' }, text);
}

export function clock(milliseconds) {
  const date = new Date(milliseconds);
  return h('time', { datetime: date.toISOString() }, timeOfDay(milliseconds));
}

export function timeOfDay(milliseconds) {
  return new Date(milliseconds).toLocaleTimeString([], { hour12: false });
}

export function span(milliseconds) {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  if (milliseconds < 3_600_000) return `${Math.round(milliseconds / 60_000)} min`;
  return `${(milliseconds / 3_600_000).toFixed(1)} h`;
}

/** Digits in groups of three, with narrow spaces. */
export function count(number) {
  return number.toLocaleString('en').replaceAll(',', '\u202f');
}

/** Bytes as Ollama shows them: decimal units. */
export function bytes(number) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(Math.floor(Math.log10(Math.max(number, 1)) / 3), units.length - 1);
  const value = number / 1000 ** power;
  return `${value.toFixed(power === 0 || value >= 100 ? 0 : 1)} ${units[power]}`;
}

export function rate(tokensPerSecond) {
  return `${tokensPerSecond.toFixed(tokensPerSecond < 10 ? 1 : 0)} tokens/s`;
}

/** A button that copies what `read` returns. Outside a secure context it selects `source` for Ctrl+C instead. */
export function copyButton(read, source) {
  const button = h('button', { type: 'button', class: 'quiet copy' }, 'Copy');
  button.addEventListener('click', async () => {
    let done = 'Copied';
    try {
      await navigator.clipboard.writeText(read());
    } catch {
      getSelection().selectAllChildren(source);
      done = 'Selected: press Ctrl+C';
    }
    button.textContent = done;
    setTimeout(() => (button.textContent = 'Copy'), 2000);
  });
  return button;
}
