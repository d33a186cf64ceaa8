/** What this package needs of a logger: pino has it, and so has the one of `@wordcloud/telemetry`. */
export interface StorageLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}
