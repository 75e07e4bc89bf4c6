import type { Output } from './output.ts';

/** Writes the commands to run next to standard error, one per line. */
export function noteNextCommands(output: Output, commands: readonly string[]): void {
  const { noteStyle: style } = output;
  for (const command of commands) output.note(`  ${style.dim('Next:')} ${style.bold(command)}`);
}
