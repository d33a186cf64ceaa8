/** A stream of a text that ends with an error as soon as it shows that it is too large or no text at all. */
import { finished, type Readable, Transform } from 'node:stream';
import { ProblemError } from '@wordcloud/contracts';
import { createTextCheck } from '@wordcloud/text';

export interface CheckedText {
  stream: Readable;
  /** After the end: the encoding by first look, null when it is not clear yet. */
  verdict(): string | null;
}

/**
 * @param maxBytes largest text
 * @param what its name in errors; default: the text
 * @returns a stream that fails with ProblemError TOO_LARGE or NOT_TEXT
 */
export function checkedText(source: Readable, maxBytes: number, what?: 'compare'): CheckedText {
  const prefix = what === undefined ? '' : `${what}: `;
  const check = createTextCheck();
  let bytes = 0;

  const judge = (): string | null => {
    const verdict = check.verdict();
    if (!verdict.ok) throw new ProblemError('NOT_TEXT', `${prefix}${verdict.reason}`);
    return verdict.encoding;
  };
  const attempt = (work: () => void, done: (error?: Error | null) => void) => {
    try {
      work();
      done();
    } catch (error) {
      done(error as Error);
    }
  };

  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      attempt(() => {
        bytes += chunk.length;
        if (bytes > maxBytes) {
          throw new ProblemError('TOO_LARGE', `${prefix}The text is too large; at most ${maxBytes} bytes are allowed.`);
        }
        check.push(chunk);
        judge();
        this.push(chunk);
      }, done);
    },
    flush: (done) => attempt(judge, done),
  });
  // Not by its `error` event: a source may have failed, or been cut off without a word, before it comes here.
  finished(source, { writable: false }, (error) => {
    if (error) stream.destroy(source.errored ?? error);
  });
  source.pipe(stream);
  return { stream, verdict: judge };
}
