/** Log lines as a person reads them: the service in its colour, the time, the level, what happened. */
import { prettyFactory } from 'pino-pretty';

const COLORS = [36, 35, 33, 32, 34, 31];

/** @param colored false where the output is no terminal */
export function createLogPrinter(names: readonly string[], colored: boolean): (name: string, line: string) => string {
  const pretty = prettyFactory({
    colorize: colored,
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'service,requestId,pid,hostname',
    singleLine: true,
  });
  const width = Math.max(...names.map((name) => name.length));
  return (name, line) => {
    const text = line.startsWith('{') ? pretty(line).trimEnd() : line;
    const prefix = name.padEnd(width);
    return colored
      ? `\x1b[${COLORS[names.indexOf(name) % COLORS.length]}m${prefix}\x1b[0m ${text}`
      : `${prefix} ${text}`;
  };
}
