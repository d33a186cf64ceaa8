import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkedText } from './checked-text.ts';

const chunks = (bytes: Uint8Array, size: number) =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    Buffer.from(bytes.subarray(i * size, (i + 1) * size)),
  );

describe('checkedText', () => {
  it('a text – passes as it is, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 9 }), async (text, size) => {
        const bytes = Buffer.from(text.replace(/\p{Cc}/gu, ' '));
        const { stream, verdict } = checkedText(Readable.from(chunks(bytes, size)), 10_000);
        expect(await buffer(stream)).toEqual(bytes);
        expect([null, 'utf-8']).toContain(verdict());
      }),
      { numRuns: 50 },
    );
  });

  it('the largest text – passes; one byte more – TOO_LARGE, and the source is not read on', async () => {
    const fit = checkedText(Readable.from([Buffer.alloc(10, 'a')]), 10);
    expect((await buffer(fit.stream)).length).toBe(10);
    let given = 0;
    const endless = Readable.from(
      (function* () {
        for (;;) {
          given++;
          yield Buffer.alloc(1_000, 'a ');
        }
      })(),
    );
    await expect(buffer(checkedText(endless, 10_000).stream)).rejects.toMatchObject({ code: 'TOO_LARGE' });
    expect(given).toBeLessThan(100);
  });

  it('binary – NOT_TEXT before the end', async () => {
    const { stream } = checkedText(Readable.from([Buffer.from([0, 1, 2, 3, 255, 0, 0, 7]), Buffer.alloc(100)]), 10_000);
    await expect(buffer(stream)).rejects.toMatchObject({ code: 'NOT_TEXT' });
  });

  it('a source that fails, has failed, or was cut off before – the same error, no waiting', async () => {
    const failing = Readable.from(
      (async function* () {
        yield Buffer.from('some words');
        throw new Error('the line is dead');
      })(),
    );
    await expect(buffer(checkedText(failing, 100).stream)).rejects.toThrow('the line is dead');
    await expect(buffer(checkedText(failing, 100).stream)).rejects.toThrow('the line is dead');
    const cutOff = new Readable({ read() {} });
    const { stream } = checkedText(cutOff, 100);
    cutOff.destroy();
    await expect(buffer(stream)).rejects.toThrow(/premature/i);
  });
});
