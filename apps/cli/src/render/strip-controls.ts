// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROLS = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;

/** Takes out what a terminal would obey rather than show: a model must not move the cursor or set the window's title. */
export function stripControls(text: string): string {
  return text.replace(CONTROLS, '');
}
