import type { ServiceDefinition } from './service-definition.ts';

/** What a service manager reports about the service. */
export interface ServiceState {
  readonly running: boolean;
  /** In the words of the manager: `active (running)`. */
  readonly description: string;
  readonly pid?: number | undefined;
}

/** How the log of the service is read. */
export type ServiceLog =
  | { readonly type: 'file'; readonly path: string }
  /** A program that prints the log. */
  | { readonly type: 'program'; readonly command: (options: { lines: number; follow: boolean }) => readonly string[] };

/** systemd of the user, or launchd. */
export interface ServiceManager {
  /** Of the file that describes the service. */
  readonly path: string;
  render(definition: ServiceDefinition): string;
  /** @throws {CliError} `failed` if the manager cannot be used here */
  check(): Promise<void>;
  /** Starts the service now and at each login. Call it after the file was written. */
  start(options: { readonly changed: boolean }): Promise<void>;
  /** Stops the service. */
  stop(): Promise<void>;
  /** Call it after the file was removed. */
  forget(): Promise<void>;
  state(): Promise<ServiceState>;
  readonly log: ServiceLog;
  /** Advice for after the start. */
  readonly notes: readonly string[];
}
