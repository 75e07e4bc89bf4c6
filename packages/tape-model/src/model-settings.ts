/** What a model can do besides completing text, and with which settings it is created. */
export interface TapeBehavior {
  /** Whether Ollama reports the capability `tools` and finds calls in `<tool_call>` tags. */
  readonly tools?: boolean;
  /** Whether Ollama (0.9.0 or later) reports the capability `thinking` and finds thoughts in `<think>` tags. */
  readonly thinking?: boolean;
  /** A renderer and parser that Ollama (0.12.0 or later) has built in, instead of a template: `qwen3-coder`. Prompts then always play the default script. */
  readonly parser?: string;
  readonly system?: string;
  readonly license?: string;
  /** Of the Modelfile: `{ num_ctx: 512 }`. */
  readonly parameters?: Readonly<Record<string, number | string | readonly string[]>>;
}

/** The settings of a model, named as in the body of Ollama's `POST /api/create`. */
export interface ModelSettings {
  readonly template?: string;
  readonly renderer?: string;
  readonly parser?: string;
  readonly system?: string;
  readonly license?: string;
  readonly parameters: Readonly<Record<string, number | string | readonly string[]>>;
}

const SYSTEM = '{{ if .System }}{{ .System }}\n{{ end }}';
const TOOLS = '{{ if .Tools }}Tools:{{ range .Tools }} {{ . }}{{ end }}\n{{ end }}';
// Ollama takes the text at the start of an `if .ToolCalls` for the mark of a call.
const CALLS = `{{ if .ToolCalls }}{{ range .ToolCalls }}<tool_call>
{"name": "{{ .Function.Name }}", "arguments": {{ .Function.Arguments }}}
</tool_call>{{ end }}{{ end }}`;
const THINKING = '{{ if .Thinking }}<think>{{ .Thinking }}</think>{{ end }}';
const NO_THINKING = '{{ if and $last $.IsThinkSet (not $.Think) }}+nothink{{ end }}';

/** Settings that make a tape model behave this way. */
export function createModelSettings({
  tools = false,
  thinking = false,
  parser,
  system,
  license,
  parameters = {},
}: TapeBehavior = {}): ModelSettings {
  const template = `${SYSTEM}${tools ? TOOLS : ''}{{ range $i, $_ := .Messages }}
{{- $last := eq (len (slice $.Messages $i)) 1 }}
{{- if eq .Role "user" }}<|say:{{ .Content }}${thinking ? NO_THINKING : ''}|>
{{- else if eq .Role "assistant" }}${thinking ? THINKING : ''}{{ .Content }}${tools ? CALLS : ''}
{{- else if eq .Role "tool" }}({{ .Content }}){{ if $last }}<|tool|>{{ end }}
{{- end }}
{{- end }}`;
  return {
    ...(parser === undefined ? { template } : { renderer: parser, parser }),
    ...(system !== undefined && { system }),
    ...(license !== undefined && { license }),
    // With several threads, the threads of so small a model wait for each other on a busy machine.
    parameters: { num_thread: 1, ...parameters },
  };
}

/** The text of a user message that selects a script, also at the end of a longer text. */
export function selectScript(name: string, { after = '' }: { readonly after?: string } = {}): string {
  return after === '' ? name : `${after}|><|say:${name}`;
}
