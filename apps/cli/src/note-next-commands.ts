import type { Output } from './output.ts';

/** Tells people what to type next, a line for each command. */
export function noteNextCommands({ note, noteStyle: style }: Output, commands: readonly string[]): void {
  for (const command of commands) note(`  ${style.dim('Next:')} ${style.bold(command)}`);
}
