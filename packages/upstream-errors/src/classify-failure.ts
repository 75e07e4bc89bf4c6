import type { MissingCapability, ProviderErrorCode } from '@openclaw/provider';
import type { ServerWords } from './server-words.ts';

/** The kind of a failure. */
export interface Classification {
  readonly code: ProviderErrorCode;
  readonly capability?: MissingCapability;
  /** The server does not know the URL. */
  readonly unknownRoute?: boolean;
}

interface Rule extends Classification {
  readonly words: RegExp;
  /** Statuses to which the rule applies. Absent: all, and errors inside a 200. */
  readonly statuses?: readonly number[];
}

/**
 * Messages take precedence over statuses, since Ollama's `type` is always `api_error` and other servers answer 400 or
 * 500 to everything. The first matching rule decides. The texts are those of Ollama 0.4 to 0.33 and of the named
 * servers.
 */
const RULES: readonly Rule[] = [
  // These messages quote the model, whose text could match any rule.
  {
    words: /^(?:error parsing tool call|XML syntax error|llama-server returned invalid tool call)/,
    code: 'server-error',
  },
  // Groq could not parse what the model said: another attempt may succeed.
  { words: /tool_use_failed/, code: 'server-error', statuses: [400] },
  // Ollama answers 500 to these, before 0.12.6 also with an error inside a 200.
  { words: /^invalid format: .*expected "json"|^option "\w+" must be of type/, code: 'invalid-request' },
  {
    words:
      /does not support tools|tool use is not supported|requires? (?:--enable-auto-tool-choice|--jinja)|no endpoints found that support tool/i,
    code: 'unsupported',
    capability: 'tools',
  },
  {
    words: /does not support thinking|think value .* is not supported|reasoning is not supported/i,
    code: 'unsupported',
    capability: 'reasoning',
  },
  {
    words:
      /image urls are not currently supported|(?:does not|doesn't) support (?:images?|vision|multimodal)|image input is not supported|not a multimodal model|missing data required for image input|no endpoints found that support image/i,
    code: 'unsupported',
    capability: 'images',
  },
  {
    words:
      /does not support chat|does not support chat completions|this is not a chat model|not supported in the v1\/chat\/completions/i,
    code: 'unsupported',
    capability: 'chat',
  },
  {
    words: /does not support embeddings|embedding models? (?:is|are) not supported|does not support embeddings api/i,
    code: 'unsupported',
    capability: 'embeddings',
  },
  {
    words: /cannot run this remote model|ollama cloud is disabled|may be incompatible with your version of ollama/i,
    code: 'unsupported',
  },

  {
    words:
      /exceed_context_size|context_length_exceeded|context[ _](?:length|size|window)|prompt is (?:too long|longer)|input (?:length exceeds|is too long)|maximum context|too many (?:input )?tokens|reduce the length of (?:the|your) (?:messages|prompt|input)/i,
    code: 'context-length-exceeded',
    statuses: [400, 413, 422, 500],
  },

  {
    words:
      /^404 page not found|unexpected endpoint or method|cannot (?:post|get) \/|no route|route .* not found|unknown (?:request )?(?:url|endpoint|route)|invalid url \(|file not found|^not found$/im,
    code: 'unsupported',
    unknownRoute: true,
    statuses: [200, 400, 404, 405],
  },

  {
    words:
      /model_not_found|no models? loaded|not found, try pulling|model (?:['"`]?[^'"`]*['"`]? )?(?:was )?not found|model .*(?:does not exist|not exist|is not a valid model)|is not a valid model id|unknown model|failed to load model|no such model|no endpoints found/i,
    code: 'model-not-found',
    statuses: [200, 400, 404, 410, 422],
  },

  {
    words:
      /insufficient[ _](?:quota|credits?|balance|funds)|billing|exceeded your current quota|payment required|requires more credits|out of credits/i,
    code: 'billing',
    statuses: [200, 400, 402, 403, 429],
  },
  {
    words:
      /invalid[ _]api[ _]key|incorrect api key|no auth credentials|unauthorized|unauthenticated|invalid_authentication/i,
    code: 'authentication-failed',
    statuses: [200, 400, 401, 403],
  },
  { words: /rate[ _-]?limit|too many requests/i, code: 'rate-limited', statuses: [200, 400, 403, 429, 503] },
  {
    words:
      /server busy|overloaded|maximum pending requests|at capacity|^loading model|model is (?:currently )?loading/im,
    code: 'overloaded',
    statuses: [200, 429, 500, 502, 503, 529],
  },
];

const CODE_BY_STATUS: Readonly<Record<number, ProviderErrorCode>> = {
  401: 'authentication-failed',
  402: 'billing',
  403: 'authentication-failed',
  407: 'authentication-failed',
  408: 'timeout',
  429: 'rate-limited',
  499: 'aborted',
  503: 'overloaded',
  504: 'timeout',
  524: 'timeout',
  529: 'overloaded',
};

/** Classifies a failure. `status` 200 means an error inside an answer. */
export function classifyFailure(words: ServerWords, { status }: { readonly status: number }): Classification {
  const effective = words.status ?? status;
  const text = [words.message, ...words.tags].join('\n');
  const rule = RULES.find(
    ({ words: pattern, statuses }) => pattern.test(text) && (statuses === undefined || statuses.includes(effective)),
  );
  if (rule !== undefined) return rule;
  if (effective === 404 || effective === 405) return { code: 'unsupported', unknownRoute: true };
  if (effective === 501) return { code: 'unsupported' };
  const code = CODE_BY_STATUS[effective];
  if (code !== undefined) return { code };
  return { code: effective >= 400 && effective < 500 ? 'invalid-request' : 'server-error' };
}
