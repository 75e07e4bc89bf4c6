import type { Client, Connection } from './client-setup.ts';
import { lines, quote } from './client-text.ts';

/** Agents, and programs for a terminal or an editor. */
export const AGENT_CLIENTS: readonly Client[] = [
  {
    id: 'claude-code',
    name: 'Claude Code',
    api: 'Anthropic messages',
    setUp: ({ url, key, model, contextWindow }) => ({
      file: {
        path: '~/.claude/settings.json',
        format: 'json',
        value: {
          model,
          env: {
            ANTHROPIC_BASE_URL: url,
            ANTHROPIC_AUTH_TOKEN: key,
            ANTHROPIC_DEFAULT_HAIKU_MODEL: model,
            CLAUDE_CODE_MAX_CONTEXT_TOKENS: String(contextWindow),
          },
        },
      },
      notes: [
        'The base URL has no /v1.',
        'Without CLAUDE_CODE_MAX_CONTEXT_TOKENS it assumes a window of a million tokens, and compacts too late.',
      ],
    }),
  },
  {
    id: 'codex',
    name: 'Codex',
    api: 'OpenAI responses',
    setUp: ({ url, key, model, contextWindow }) => ({
      file: {
        path: '~/.codex/config.toml',
        format: 'toml',
        text: lines(
          `model = ${quote(model)}`,
          'model_provider = "openclaw"',
          `model_context_window = ${contextWindow}`,
          '',
          '[model_providers.openclaw]',
          'name = "OpenClaw gateway"',
          `base_url = ${quote(`${url}/v1`)}`,
          'wire_api = "responses"',
          'env_key = "OPENCLAW_GATEWAY_TOKEN"',
        ),
      },
      shell: `export OPENCLAW_GATEWAY_TOKEN=${key}`,
    }),
  },
  {
    id: 'opencode',
    name: 'opencode',
    api: 'OpenAI chat completions',
    setUp: ({ url, key, model, contextWindow }) => ({
      file: {
        path: '~/.config/opencode/opencode.json',
        format: 'json',
        value: {
          model: `openclaw/${model}`,
          small_model: `openclaw/${model}`,
          provider: {
            openclaw: {
              npm: '@ai-sdk/openai-compatible',
              name: 'OpenClaw gateway',
              options: { baseURL: `${url}/v1`, apiKey: key },
              models: {
                [model]: {
                  name: 'OpenClaw',
                  reasoning: true,
                  tool_call: true,
                  limit: { context: contextWindow, output: outputOf(contextWindow) },
                },
              },
            },
          },
        },
      },
      notes: ['It does not read the list of models: add the others that you want in the same way.'],
    }),
  },
  {
    id: 'pi',
    name: 'pi',
    api: 'OpenAI chat completions',
    setUp: ({ url, key, model, contextWindow }) => ({
      file: {
        path: '~/.pi/agent/models.json',
        format: 'json',
        value: {
          providers: {
            openclaw: {
              baseUrl: `${url}/v1`,
              api: 'openai-completions',
              apiKey: key,
              models: [{ id: model, reasoning: true, contextWindow }],
            },
          },
        },
      },
      shell: `pi --provider openclaw --model ${model}`,
    }),
  },
  {
    id: 'continue',
    name: 'Continue',
    api: 'OpenAI chat completions',
    setUp: ({ url, key, model }) => ({
      file: {
        path: '~/.continue/config.yaml',
        format: 'yaml',
        text: lines(
          'name: openclaw',
          'version: 1.0.0',
          'schema: v1',
          'models:',
          '  - name: OpenClaw',
          '    provider: openai',
          `    model: ${quote(model)}`,
          `    apiBase: ${quote(`${url}/v1`)}`,
          `    apiKey: ${quote(key)}`,
          '    roles: [chat, edit, apply]',
        ),
      },
    }),
  },
  {
    id: 'qwen-code',
    name: 'Qwen Code',
    api: 'OpenAI chat completions',
    setUp: ({ url, key, model }) => ({
      file: {
        path: '~/.qwen/settings.json',
        format: 'json',
        value: { security: { auth: { selectedType: 'openai' } } },
      },
      shell: `OPENAI_BASE_URL=${url}/v1 OPENAI_API_KEY=${key} qwen -m ${model}`,
    }),
  },
  {
    id: 'cline',
    name: 'Cline',
    api: 'OpenAI chat completions',
    setUp: ({ url, key, model }) => ({
      shell: lines(
        `cline auth -p openai-compatible -k ${key} -b ${url}/v1 -m ${model}`,
        `cline -P openai-compatible -m ${model} "explain this"`,
      ),
    }),
  },
  {
    id: 'aider',
    name: 'aider',
    api: 'OpenAI chat completions',
    setUp: ({ url, key, model }) => ({
      shell: `OPENAI_API_BASE=${url}/v1 OPENAI_API_KEY=${key} aider --model openai/${model} --no-show-model-warnings`,
      notes: ['The name of the model begins with openai/.'],
    }),
  },
  {
    id: 'llm',
    name: 'llm',
    api: 'OpenAI chat completions',
    setUp: ({ url, model }) => ({
      code: {
        language: 'yaml',
        text: `- { model_id: openclaw, model_name: ${quote(model)}, api_base: ${quote(`${url}/v1`)}, supports_tools: true, supports_schema: true }`,
      },
      notes: [
        'This belongs into extra-openai-models.yaml, beside the file that "llm logs path" prints.',
        'If the gateway has a token, store it with "llm keys set openclaw" and add api_key_name: openclaw.',
      ],
    }),
  },
  {
    id: 'copilot-cli',
    name: 'Copilot CLI',
    api: 'OpenAI chat completions',
    setUp: ({ url, key, model }) => ({
      shell: `COPILOT_OFFLINE=true COPILOT_PROVIDER_BASE_URL=${url}/v1 COPILOT_PROVIDER_API_KEY=${key} COPILOT_MODEL=${model} copilot`,
    }),
  },
];

/** Clients that reserve room for an answer get a part of the window. */
function outputOf(contextWindow: Connection['contextWindow']): number {
  return Math.min(8_192, Math.floor(contextWindow / 4));
}
