import { readFileSync } from 'node:fs';
import type { Reply, SimulatedModel, SimulatedRequest } from '../../src/index.ts';

/** Each script that the recorded models played, token by token. */
const SCRIPTS: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(new URL('../fixtures/real-servers/scripts.json', import.meta.url), 'utf8'),
);

const HEAD = '{{- if .System }}{{ .System }}\n{{ end }}';
const BODY =
  '{{- range $i, $_ := .Messages }}\n{{- $last := eq (len (slice $.Messages $i)) 1 }}\n{{- if eq .Role "user" }}<|say:{{ .Content }}|>\n{{- else if eq .Role "assistant" }}{{ .Content }}\n{{- else if eq .Role "tool" }}({{ .Content }}){{ if $last }}<|tool|>{{ end }}\n{{- end }}\n{{- end }}';
const CALLS =
  '{{ if .ToolCalls }}{{ range .ToolCalls }}<tool_call>\n{"name": "{{ .Function.Name }}", "arguments": {{ .Function.Arguments }}}\n</tool_call>{{ end }}{{ end }}';
const BARE_CALLS =
  '{{ if .ToolCalls }}{{ range .ToolCalls }}{"name": "{{ .Function.Name }}", "parameters": {{ .Function.Arguments }}}{{ end }}{{ end }}';
const CODER = 'FROM ./tape-coder.gguf\nRENDERER qwen3-coder\nPARSER qwen3-coder\n';
const PARAMETERS = 'num_thread                     1';

const BLOCK = ['attn_norm', 'attn_q', 'attn_k', 'attn_v', 'attn_output', 'ffn_norm', 'ffn_gate', 'ffn_up', 'ffn_down'];
const TENSORS = ['token_embd', ...BLOCK.map((name) => `blk.0.${name}`), 'output_norm', 'output'];

/** The models of the recordings: tiny ones of the architecture `llama`, which play a script that the request names. */
export function tapeModels(version: string): SimulatedModel[] {
  const withCoder = version !== '0.6.5';
  return [
    model('tape', { tools: true, thinking: true, loaded: true }),
    model('tape-alias', { tools: true, thinking: true, modifiedAt: '2026-11-26T14:00:00Z' }),
    model('tape-tools', { tools: true, loaded: version === '0.17.4' }),
    model('tape-bare', { tools: true, template: HEAD + BARE_CALLS }),
    model('tape-plain', {}),
    model('tape-licensed', {
      tools: true,
      license: 'Anybody may play this tape.',
      system: 'You are a tape.',
      parameters: `num_ctx                        2048\n${PARAMETERS}\nstop                           "<|stop|>"\nstop                           "<|halt|>"\ntemperature                    0.3`,
    }),
    model('tape-small', {
      tools: true,
      thinking: true,
      parameters: `num_ctx                        512\n${PARAMETERS}`,
    }),
    model('tape-slow', { tools: true, thinking: true }),
    model('tape-embed', { capabilities: ['embedding'] }),
    ...(withCoder
      ? [
          model('tape-coder', {
            tools: true,
            loaded: version === '0.12.6',
            toolParser: 'builtin',
            modelfile: CODER,
            reply: script('coder-two-calls'),
          }),
          model('tape-coder-broken', {
            tools: true,
            loaded: true,
            toolParser: 'builtin',
            modelfile: CODER,
            reply: script('coder-broken'),
          }),
        ]
      : []),
  ];
}

/** The script that a request selects, as the template of the recorded models does. */
export function playTape({ model, messages, lastMessage, body }: SimulatedRequest): Reply | undefined {
  if (model.startsWith('tape-coder')) return undefined;
  if (messages.at(-1)?.['role'] === 'tool') return script('after-tool');
  const silent = body['think'] === false || body['reasoning_effort'] === 'none';
  const name = lastMessage.split('<|say:').at(-1) ?? '';
  return script(silent && `${name}+nothink` in SCRIPTS ? `${name}+nothink` : name);
}

function script(name: string): Reply {
  const steps = (SCRIPTS[name] ?? SCRIPTS['plain'] ?? []).map((text) => ({ text }));
  return name === 'stuck' || name === 'endless' || name === 'long' ? { steps, finishReason: 'length' } : steps;
}

function model(
  name: string,
  { tools = false, thinking = false, ...rest }: Partial<SimulatedModel> & { tools?: boolean; thinking?: boolean },
): SimulatedModel {
  return {
    name,
    capabilities: ['completion', ...(tools ? ['tools'] : []), ...(thinking ? ['thinking'] : [])],
    family: 'llama',
    contextLength: 131_072,
    embeddingLength: 256,
    parameterSize: '2.68M',
    quantization: 'unknown',
    parentModel: '/models/blobs/sha256-0',
    modifiedAt: '2026-11-26T15:00:00Z',
    sizeInVram: 0,
    parameters: PARAMETERS,
    template: HEAD + BODY + (tools ? CALLS : ''),
    modelfile: `FROM /models/blobs/sha256-0\nTEMPLATE """${HEAD}${BODY}"""\n`,
    tensors: TENSORS.map((tensor) => ({ name: `${tensor}.weight`, type: 'F32', shape: [256] })),
    ...rest,
  };
}
