export interface ByteSource {
  /** The next bytes; `undefined` at the end. */
  readonly pull: () => Promise<Uint8Array | undefined>;
  /** Called if the reader leaves before the end, also during a pull. */
  readonly close: () => Promise<unknown> | undefined;
}

/** The body of a response. Nothing is pulled before the reader wants it. */
export function toByteStream({ pull, close }: ByteSource): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const bytes = await pull();
        if (bytes === undefined) controller.close();
        else controller.enqueue(bytes);
      },
      async cancel() {
        await close();
      },
    },
    { highWaterMark: 0 },
  );
}
