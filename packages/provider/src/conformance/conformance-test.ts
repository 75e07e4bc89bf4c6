/** One test, for any test runner. */
export interface ConformanceTest {
  readonly title: string;
  /** Rejects if the provider does not do what the title says. */
  readonly run: () => Promise<void>;
}
