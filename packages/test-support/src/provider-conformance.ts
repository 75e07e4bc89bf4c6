import { providerConformanceTests } from '@openclaw/provider/conformance';
import type { ProviderConformanceOptions } from '@openclaw/provider/conformance';
import { describe, test } from 'vitest';

/** The conformance suite of `@openclaw/provider`, as tests of vitest. */
export function describeProviderConformance(name: string, options: ProviderConformanceOptions): void {
  describe(`the conformance of ${name}`, () => {
    test.for(providerConformanceTests(options))('$title', ({ run }) => run());
  });
}
