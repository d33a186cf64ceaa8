/**
 * Column types that mean the same on both databases: text is compared byte by byte, JSON is text, moments are milliseconds.
 *
 * What stands in the comment is read by MySQL and MariaDB alone; without it a database that someone made with another
 * collation would take "Anna" and "anna" for the same key.
 */
import { type RawBuilder, sql } from 'kysely';

const ASCII = '/*! character set ascii collate ascii_bin */';
const UNICODE = '/*! character set utf8mb4 collate utf8mb4_bin */';

/**
 * An identifier of ours: ASCII.
 *
 * @param length in characters; default 64
 */
export const idColumn = (length = 64): RawBuilder<unknown> => sql.raw(`varchar(${length}) ${ASCII}`);

/**
 * A short text of any script.
 *
 * @param length in characters, as MySQL counts them; an index can carry 768. SQLite does not check it
 */
export const textColumn = (length: number): RawBuilder<unknown> => sql.raw(`varchar(${length}) ${UNICODE}`);

/** JSON or a long text, up to 16 MiB on MySQL. */
export const longTextColumn = (): RawBuilder<unknown> => sql.raw(`mediumtext ${UNICODE}`);

/** Milliseconds since 1970, or a counter. Comes back as a number on both, exact up to 2^53. */
export const bigintColumn = (): RawBuilder<unknown> => sql.raw('bigint');

/** A small whole number, or 0 and 1 for no and yes. */
export const integerColumn = (): RawBuilder<unknown> => sql.raw('integer');
