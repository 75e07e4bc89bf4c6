import { answerTests } from './answer-tests.ts';
import type { ProviderConformanceOptions } from './conformance-scenario.ts';
import type { ConformanceTest } from './conformance-test.ts';
import { failureTests } from './failure-tests.ts';
import { leavingTests } from './leaving-tests.ts';

/**
 * The tests that every provider must pass, whatever its API:
 * `for (const { title, run } of providerConformanceTests({ start })) test(title, run);` Each test also checks the grammar of
 * `StreamEvent`.
 */
export function providerConformanceTests({
  start,
  streaming = [true, false],
}: ProviderConformanceOptions): readonly ConformanceTest[] {
  return streaming.flatMap((streamed) =>
    [answerTests, failureTests, leavingTests]
      .flatMap((tests) => tests({ start, streaming: streamed }))
      .map(({ title, run }) => ({ title: `asked for ${streamed ? 'a stream' : 'one body'}: ${title}`, run })),
  );
}
