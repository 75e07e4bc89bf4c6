import { expectTypeOf, test } from 'vitest';
import type { InferredConfig, InferredConfigInput } from './config-schema.ts';
import type { OpenClawConfig, OpenClawConfigInput } from './openclaw-config.ts';

/** With every key required, a key that one of two types lacks makes them unequal. */
type Whole<T> = T extends object ? { [Key in keyof T]-?: Whole<T[Key]> } : T;

test('the described types are those of the schema, which the compiler checks', () => {
  expectTypeOf<OpenClawConfig>().toExtend<InferredConfig>();
  expectTypeOf<InferredConfig>().toExtend<OpenClawConfig>();
  expectTypeOf<Whole<OpenClawConfig>>().toExtend<Whole<InferredConfig>>();
  expectTypeOf<Whole<InferredConfig>>().toExtend<Whole<OpenClawConfig>>();

  expectTypeOf<OpenClawConfigInput>().toExtend<InferredConfigInput>();
  expectTypeOf<InferredConfigInput>().toExtend<OpenClawConfigInput>();
  expectTypeOf<Whole<OpenClawConfigInput>>().toExtend<Whole<InferredConfigInput>>();
  expectTypeOf<Whole<InferredConfigInput>>().toExtend<Whole<OpenClawConfigInput>>();
});
