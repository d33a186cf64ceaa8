/** Column types that mean the same on both databases. JSON is text, moments are milliseconds in a big integer. */
import { type RawBuilder, sql } from 'kysely';

/** An identifier of ours: ASCII, compared byte by byte. */
export const idColumn = (length = 64): RawBuilder<unknown> => sql.raw(`varchar(${length})`);
/** A short text of any script. */
export const textColumn = (length: number): RawBuilder<unknown> => sql.raw(`varchar(${length})`);
/** JSON or a long text, up to 16 MiB on MySQL. */
export const longTextColumn = (): RawBuilder<unknown> => sql.raw('mediumtext');
/** Milliseconds since 1970, or a counter. */
export const bigintColumn = (): RawBuilder<unknown> => sql.raw('bigint');
export const integerColumn = (): RawBuilder<unknown> => sql.raw('integer');
