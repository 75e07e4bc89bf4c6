/** Joins lines to the text of a file. */
export function lines(...all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}

/** As JSON, YAML, TOML and Python write a string. */
export function quote(text: string): string {
  return JSON.stringify(text);
}
