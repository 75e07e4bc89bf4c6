import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LoadedConfig } from '@openclaw/config';
import type { RequestClient, Runtime } from '@openclaw/runtime/internal';
import type { ClientLimiter } from './clients/client-limiter.ts';
import type { Client } from './clients/client.ts';
import type { ClientUsages } from './clients/client-usage.ts';
import type { Cluster } from './cluster/cluster.ts';
import type { GatewaySettings } from './gateway-settings.ts';
import type { BodyMemory } from './http/create-body-memory.ts';
import type { LogTailLine } from './observe/log-tail.ts';
import type { RequestJournal } from './observe/request-journal.ts';
import type { RequestTrace } from './observe/request-trace.ts';

/** What the endpoints work with. */
export interface GatewayContext {
  readonly runtime: Runtime;
  /** The current settings; they change when the configuration does. */
  readonly settings: () => GatewaySettings;
  readonly journal: RequestJournal;
  /** What request bodies take of the memory that they share. */
  readonly bodyMemory: BodyMemory;
  /** What clients use, and what they have used. */
  readonly clientLimiter: ClientLimiter;
  readonly clientUsages: ClientUsages;
  /** The cluster of several gateways, if the configuration names its store. */
  readonly cluster: Cluster | undefined;
  /** What was counted, as Prometheus reads it. */
  readonly renderMetrics: () => string;
  readonly logger: GatewayLogger;
  readonly now: () => number;
  readonly generateId: () => string;
  /** Whether the gateway has been told to stop. */
  readonly draining: () => boolean;
  /** When it began, in milliseconds since 1970. */
  readonly startedAt: number;
  /** How long it has run, in milliseconds. */
  readonly uptimeMs: () => number;
  /** What became of the last change of the configuration file. */
  readonly configState: () => ConfigState;
}

/** How the active configuration relates to its file. */
export interface ConfigState {
  /** When it was read, in milliseconds since 1970. */
  readonly loadedAt: number;
  /** Why the current file is not applied. */
  readonly problem?: string;
}

/** Where log lines go. */
export interface GatewayLogger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  /** Applies a changed `logging` section. */
  configure?(logging: LoggingSettings): void;
  /** The last lines of the log after a sequence, oldest first. */
  linesAfter?(sequence: number): readonly LogTailLine[];
  /** How many lines could not be written and were dropped, by destination. */
  droppedLines?(): ReadonlyMap<string, number>;
}

/** The `logging` section of the configuration. */
export type LoggingSettings = LoadedConfig['config']['logging'];

/** One request and its reply, on their way through the gateway. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** What stands in the path for the `*` of its route, decoded; otherwise empty. */
  readonly parameter: string;
  /** Headers that every reply carries, as name, value, name, value. */
  readonly headers: readonly string[];
  /** Who sent it. */
  readonly sender: Client;
  /** Fires when the client leaves, or the gateway can wait no longer. */
  readonly signal: AbortSignal;
  readonly trace: RequestTrace;
  /** No other request has it, unlike the id that a client gives. */
  readonly unique: string;
  /** Whose request it is, as far as one can tell, for the runtime: clients take turns where requests have to wait. */
  readonly client: RequestClient;
}

/** An endpoint. What it throws becomes an error reply. */
export type RouteHandler = (exchange: Exchange, context: GatewayContext) => void | Promise<void>;
