/** Bounds on the bytes of an incomplete answer that are held. */
export interface BodyLimits {
  /** Of one event of a stream. @default 8 MiB */
  readonly maxEventBytes: number;
  /** Of a whole body, and of the arguments of an answer's tool calls together. @default 64 MiB */
  readonly maxBodyBytes: number;
}

export const DEFAULT_LIMITS: BodyLimits = { maxEventBytes: 8 * 1024 * 1024, maxBodyBytes: 64 * 1024 * 1024 };
