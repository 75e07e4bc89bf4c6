import type { ModelSettings } from './model-settings.ts';

/** Renders a Modelfile for `ollama create NAME -f FILE`. `from` is the path of the GGUF file. */
export function renderModelfile(from: string, settings: ModelSettings): string {
  const { template, renderer, parser, system, license, parameters } = settings;
  const lines = [
    `FROM ${from}`,
    ...quoted('TEMPLATE', template),
    ...(renderer === undefined ? [] : [`RENDERER ${renderer}`]),
    ...(parser === undefined ? [] : [`PARSER ${parser}`]),
    ...quoted('SYSTEM', system),
    ...quoted('LICENSE', license),
    ...Object.entries(parameters).flatMap(([key, value]) =>
      (typeof value === 'object' ? value : [value]).map((item) => `PARAMETER ${key} ${renderValue(item)}`),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function quoted(command: string, text: string | undefined): string[] {
  return text === undefined ? [] : [`${command} """${text}"""`];
}

function renderValue(value: number | string): string {
  return typeof value === 'number' ? String(value) : `"${value}"`;
}
