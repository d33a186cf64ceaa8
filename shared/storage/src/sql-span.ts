/**
 * Statements as spans of the active step. Only their text is told, in which `?` stands for each value.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/database/database-spans/
 */
import { inSpan, type SpanDescription } from '@wordcloud/telemetry';
import type { CompiledQuery } from 'kysely';

export interface SpanSource {
  system: 'sqlite' | 'mysql';
  /** Of the database. */
  namespace: string;
  server?: { host: string; port: number };
}

/** Lists of values make statements long; the rest says nothing new. */
const MOST_TEXT = 2_000;

/** Does a statement, as a span where somebody records. */
export function inStatementSpan<T>(source: SpanSource, { sql }: CompiledQuery, work: () => Promise<T>): Promise<T> {
  return inSpan(() => describeStatement(source, sql), work);
}

export function describeStatement({ system, namespace, server }: SpanSource, sql: string): SpanDescription {
  const operation = /^\W*(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? 'SQL';
  const table = /\b(?:from|into|update|table)\s+[`"](\w+)[`"]/i.exec(sql)?.[1];
  return {
    name: `${operation} ${table ?? namespace}`,
    kind: 'client',
    // MySQL's name the value that is there twice.
    hidesMessages: true,
    attributes: {
      'db.system.name': system,
      'db.namespace': namespace,
      'db.operation.name': operation,
      'db.query.text': sql.length > MOST_TEXT ? `${sql.slice(0, MOST_TEXT)}…` : sql,
      ...(table !== undefined && { 'db.collection.name': table }),
      ...(server && { 'server.address': server.host, 'server.port': server.port }),
    },
  };
}
