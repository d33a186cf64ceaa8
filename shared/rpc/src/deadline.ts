/** Header that carries the milliseconds that the caller waits, for this attempt. */
export const DEADLINE_HEADER = 'x-deadline-ms';
