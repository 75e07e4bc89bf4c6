/** Headers of a stream of server-sent events, as name, value, name, value. */
export const EVENT_STREAM_HEADERS: readonly string[] = [
  'content-type',
  'text/event-stream; charset=utf-8',
  // Proxies that buffer (nginx) would hold the stream back.
  'x-accel-buffering',
  'no',
];
