import { escapeControls } from '@openclaw/runtime/escape-controls';
import { describeModel, type DescribedModel } from '@openclaw/runtime/internal';
import { defineCommand } from '../define-command.ts';
import { withOllamaModel } from '../models/with-ollama-model.ts';
import { providerOption } from '../provider-option.ts';
import { formatBytes } from '../render/format-bytes.ts';

/** Shows what a server reports about one of its models. */
export const modelsShow = defineCommand({
  arguments: [{ name: 'model', completes: 'model' }],
  options: {
    provider: providerOption('The Ollama server that has it; default: ollama'),
  },
  formats: ['json'],
  examples: [
    { line: 'openclaw models show gpt-oss:20b', does: 'Show size, context and capabilities of a model.' },
    { line: 'openclaw models show ollama/gpt-oss:20b --json', does: 'The same as JSON, with the whole licence.' },
  ],
  docs: 'docs/cli.md#openclaw-models-show',
  async run({ values: { provider }, positionals: [name = ''], host }) {
    await withOllamaModel(name, {
      host,
      provider,
      signal: host.interruption(),
      async use({ setup, request }) {
        const model = await describeModel(request);
        host.output.show({
          json: () => ({ ...model, ref: `${setup.id}/${model.name}` }),
          text: () => escapeControls(renderModel(model, `${setup.id}/${model.name}`), { keep: '\n' }),
        });
      },
    });
  },
});

function renderModel(model: DescribedModel, ref: string): string {
  const { sizeBytes, capabilities, contextLength, numCtx, remoteHost } = model;
  const facts: readonly (readonly [name: string, value: string | undefined])[] = [
    ['Model', ref],
    ['Size', sizeBytes === 0 ? undefined : formatBytes(sizeBytes)],
    ['Family', model.family],
    ['Parameters', model.parameterSize],
    ['Quantization', model.quantization],
    ['Context', contextLength === undefined ? undefined : `${contextLength} tokens`],
    ['Loaded with', numCtx === undefined ? undefined : `${numCtx} tokens (num_ctx of its Modelfile)`],
    ['Capabilities', capabilities.length === 0 ? undefined : capabilities.join(', ')],
    ['Runs at', remoteHost],
    [
      'Settings',
      model.parameters
        ?.trim()
        .replaceAll(/[ \t]+/g, ' ')
        .split('\n')
        .join(', '),
    ],
    ['System', model.system === undefined ? undefined : firstLine(model.system)],
    ['Licence', model.license === undefined ? undefined : firstLine(model.license)],
  ];
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [`${name.padEnd(12)}  ${value}`])).join('\n');
}

function firstLine(text: string): string {
  const [line = '', ...others] = text.trim().split('\n');
  return others.length === 0 ? line.trim() : `${line.trim()} …`;
}
