import type { OptionSpec } from './command-manual.ts';

/** The option `--provider`; the description says what the command does with the provider. */
export function providerOption(description: string) {
  return {
    type: 'string',
    placeholder: 'id',
    description,
    completes: 'provider',
  } as const satisfies OptionSpec;
}
