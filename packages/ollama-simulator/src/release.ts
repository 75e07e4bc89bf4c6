/**
 * What changed on the wire, and when. `since` is the first release that behaves so, `before` the first that no longer
 * does. Read from the public sources of Ollama; a release candidate counts as its release.
 */
const TRAITS = {
  /** With tools in a streamed request nothing is sent until a call was parsed or the answer is over. */
  'buffers-when-tools-are-given': { before: '0.8.0' },
  'streamed-calls-finish-as-tool-calls': { since: '0.5.12' },
  'answers-head-of-tags': { since: '0.5.12' },
  'answers-405': { since: '0.7.0' },
  'shows-capabilities': { since: '0.6.4' },
  'shows-tensors': { since: '0.6.1' },
  /** 0.8.0 lost the numbers of tool calls to a copied value, and whole replies never had them until 0.9.1. */
  'numbers-whole-calls': { since: '0.9.1' },
  'loses-streamed-call-numbers': { since: '0.8.0', before: '0.9.1' },
  /** In the schemas of tools: `type` and `enum` of a property may be lists of anything. */
  'reads-lists-of-types': { since: '0.7.0' },
  /** Models that see images have a window of at least 2048 tokens. Seen in 0.17.4, but not in 0.6.5. */
  'has-larger-vision-context': { since: '0.7.0' },
  /** Before: 2048. */
  'has-context-of-4096': { since: '0.6.7' },
  'knows-thinking': { since: '0.9.0' },
  'lists-context-of-running-models': { since: '0.10.0' },
  /** Before: up to four, so that an endless answer may have as many times more tokens. */
  'has-one-slot-per-model': { since: '0.10.0' },
  'accepts-webp': { since: '0.10.0' },
  /** gpt-oss and its harmony format: reasoning is a separate field, and the call is sent with the end of the answer. */
  'parses-harmony': { since: '0.11.0' },
  /** `think` may be a level; before 0.11.0 only a boolean. */
  'knows-think-levels': { since: '0.11.0' },
  'reads-reasoning-effort': { since: '0.11.5' },
  'sets-embedding-dimensions': { since: '0.11.11' },
  'has-cloud-models': { since: '0.12.0' },
  'quotes-missing-models-singly': { since: '0.12.0' },
  /** The text for an input of an embedding that is too long. */
  'says-the-input-length': { since: '0.12.0' },
  'sorts-allowed-headers': { since: '0.12.0' },
  'reads-any-of': { since: '0.12.0' },
  /** Before, an answer without text took some time, too. Between 0.6.5 and 0.12.6. */
  'takes-no-time-for-empty-answers': { since: '0.12.0' },
  'says-done-before-its-reason': { since: '0.12.0' },
  'has-builtin-parsers': { since: '0.12.0' },
  /** A model is listed from the moment that its runner starts to load; before: as soon as the runner starts. */
  'lists-models-after-runner-start': { since: '0.11.5' },
  /** Thinking models think unless told not to, and `/v1` gives it as `reasoning`. */
  'thinks-by-default': { since: '0.12.4' },
  /** With parsed thoughts, a format constrains only the text after them, and nothing if there are none. */
  'applies-format-after-thoughts': { since: '0.12.4' },
  'refuses-any-think-without-thinking': { since: '0.12.4', before: '0.12.5' },
  'refuses-effort-on-other-than-gpt-oss': { before: '0.17.7' },
  'early-failures-have-a-status': { since: '0.12.6' },
  /** `truncate` and `shift` of the native API. */
  'can-refuse-long-prompts': { since: '0.12.6' },
  /** Native tool calls have an index even if it is 0. */
  'prints-index-0': { since: '0.12.6' },
  'encodes-embeddings-as-base64': { since: '0.12.7' },
  /** Names of models are case-sensitive in requests for text. Seen in 0.12.6, but not in 0.6.5 and 0.17.4. */
  'compares-case-of-names': { since: '0.12.0', before: '0.13.0' },
  'native-calls-have-ids': { since: '0.12.10' },
  'reports-logprobs': { since: '0.12.11' },
  /** Between 0.12.6 and 0.17.4; the exact release is not known. */
  'clamps-context-to-trained': { since: '0.13.0' },
  'keeps-argument-order': { since: '0.14.0' },
  'reads-nested-properties': { since: '0.14.0' },
  'says-unqualified-name': { since: '0.14.0' },
  'names-refused-image-urls': { since: '0.14.2' },
  'early-builtin-parsers-number-calls': { since: '0.17.4' },
  'builtin-parsers-number-calls': { since: '0.20.6' },
  /** A batch with reasoning and content becomes two chunks. */
  'splits-reasoning-from-content': { since: '0.18.0' },
  'error-type-follows-status': { since: '0.18.0' },
  'knows-effort-max': { since: '0.22.0' },
  /** llama-server: capabilities in /api/tags, long call ids, calls at the end, loading models not listed. */
  'runs-llama-server': { since: '0.30.0' },
  'knows-all-efforts': { since: '0.32.11' },
  /** Role once, a separate finish chunk, one `created` for the whole stream. */
  'streams-like-openai': { since: '0.32.6' },
} as const satisfies Record<string, { since?: string; before?: string }>;

/** A way in which releases of Ollama differ on the wire. */
type ReleaseTrait = keyof typeof TRAITS;

/** A release of Ollama, as far as a client can tell. */
export interface Release {
  /** As given, without a leading `v`: `0.32.15`. */
  readonly version: string;
  has(trait: ReleaseTrait): boolean;
}

/** The oldest release whose wire is simulated. */
const OLDEST = '0.5.2';

/**
 * The wire behaviour of a release, from its version (`0.12.6`, `v0.30.0-rc1`).
 * @throws RangeError when the text is no version or older than 0.5.2
 */
export function parseRelease(version: string): Release {
  const text = version.replace(/^v/, '');
  const numbers = versionNumbers(text);
  if (numbers === undefined) {
    throw new RangeError(`Not a version of Ollama: ${JSON.stringify(version)}. Give three numbers, such as "0.32.15".`);
  }
  const from = (other: string): boolean => compare(numbers, versionNumbers(other) ?? []) >= 0;
  if (!from(OLDEST)) throw new RangeError(`Ollama ${version} is not simulated. Choose ${OLDEST} or later.`);
  return {
    version: text,
    has(trait) {
      const range: { since?: string; before?: string } = TRAITS[trait];
      return (range.since === undefined || from(range.since)) && (range.before === undefined || !from(range.before));
    },
  };
}

function versionNumbers(text: string): number[] | undefined {
  return /^(\d+)\.(\d+)\.(\d+)(?![\d.])/.exec(text)?.slice(1).map(Number);
}

function compare(left: readonly number[], right: readonly number[]): number {
  for (const [position, number] of left.entries()) {
    const difference = number - (right[position] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
