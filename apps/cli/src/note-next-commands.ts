import type { Output } from './output.ts';

/** Tells people what to type next, a line for each command. */
export function noteNextCommands(output: Output, commands: readonly string[]): void {
  const { noteStyle: style } = output;
  for (const command of commands) output.note(`  ${style.dim('Next:')} ${style.bold(command)}`);
}
