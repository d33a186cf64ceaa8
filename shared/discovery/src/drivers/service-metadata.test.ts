import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeServices, encodeServices } from './service-metadata.ts';

const seg = { service: 'wordcloud-seg', port: 6063, version: '0.1.0', startedAt: 1_790_000_000_000 };

describe('services as metadata', () => {
  it('several services of one node – come back with everything that was said', () => {
    const maker = {
      ...seg,
      service: 'wordcloud-maker',
      host: 'maker.internal',
      rootPath: '/v1/make',
      weight: 2.5,
      zone: 'a',
      data: { build: 'x' },
      draining: true,
    };
    const usual = { rootPath: '', weight: 1, zone: '', data: {}, draining: false };
    expect(decodeServices(encodeServices([seg, maker]))).toEqual([{ ...usual, ...seg }, maker]);
  });

  it('an ordinary service – takes less than a hundred of the 512 bytes', () => {
    expect(encodeServices([seg]).length).toBeLessThan(100);
  });

  it.each([
    ['nothing', ''],
    ['text', 'role=web'],
    ['another form', '{"f":2,"s":[]}'],
    ['no list', '{"f":1,"s":{}}'],
    ['null', 'null'],
    ['a list of nonsense', '{"f":1,"s":[null,1,[],{}]}'],
    ['a port that is none', '{"f":1,"s":[{"n":"a","p":0,"v":"","t":1}]}'],
    ['a root path that leads elsewhere', '{"f":1,"s":[{"n":"a","p":1,"v":"","t":1,"r":"@evil.example/"}]}'],
    ['data that are no texts', '{"f":1,"s":[{"n":"a","p":1,"v":"","t":1,"d":{"x":{}}}]}'],
    ['a weight below 0', '{"f":1,"s":[{"n":"a","p":1,"v":"","t":1,"w":-1}]}'],
  ])('%s – no services, no error', (_, meta) => {
    expect(decodeServices(Buffer.from(meta))).toEqual([]);
  });

  it('one of two services is malformed – the other is still known', () => {
    const [good] = JSON.parse(encodeServices([seg]).toString()).s;
    expect(
      decodeServices(Buffer.from(JSON.stringify({ f: 1, s: [{ n: 7 }, good] }))).map(({ service }) => service),
    ).toEqual(['wordcloud-seg']);
  });

  it('any bytes – never an error', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map((text) => Buffer.from(text)),
        ),
        (meta) => {
          expect(Array.isArray(decodeServices(meta))).toBe(true);
        },
      ),
    );
  });
});
