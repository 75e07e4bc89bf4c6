import type { ToolForms } from './tool-form.ts';

/** What a response repeats of its request, and how it is written. */
export interface ResponseReply {
  /** `resp_…` */
  readonly id: string;
  /** Part of the ids of the response and of all its items. */
  readonly unique: string;
  /** The name of the client that the response belongs to. */
  readonly client: string;
  /** Seconds since 1970. */
  readonly created: number;
  /** The model as the request names it, for events before a model answers. */
  readonly model: string;
  /** The fields of the request that its response repeats, as the members of a JSON object. */
  readonly echo: string;
  readonly forms: ToolForms;
  /** Whether reasoning items carry `encrypted_content`, for clients that keep the state themselves. */
  readonly opaqueReasoning: boolean;
  /** What is kept with the response; `undefined` if the request has `store: false`. */
  readonly kept?: KeptRequest | undefined;
}

/** What is kept of a request. */
export interface KeptRequest {
  readonly previousId: string | undefined;
  readonly input: readonly StoredItem[];
}

/** An item as JSON. */
export interface StoredItem {
  readonly id: string;
  readonly text: string;
}
