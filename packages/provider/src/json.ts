/** Anything JSON can say. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** A JSON object. A key with the value `undefined` is not sent. */
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}
