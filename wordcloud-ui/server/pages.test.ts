import { describe, expect, it } from 'vitest';
import { CONTENT_SECURITY_POLICY } from './headers.ts';
import { INDEX, SCRIPT, startApp } from './test-page.ts';

const start = () => startApp(['http://127.0.0.1:1']);

describe('pages', () => {
  it('address of a page – the page, asked for each time', async () => {
    const { server } = await start();
    for (const url of ['/', '/clouds', '/clouds/0192f?x=1', '/sign-in?next=%2Fclouds']) {
      const answer = await server.inject({ url });
      expect(answer.statusCode).toBe(200);
      expect(answer.body).toBe(INDEX);
      expect(answer.headers['cache-control']).toBe('no-cache');
      expect(answer.headers['content-type']).toMatch(/^text\/html/);
    }
  });

  it('asset – kept for ever, compressed for who can read that', async () => {
    const { server } = await start();
    const url = '/assets/index-abc123.js';
    const plain = await server.inject({ url });
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(plain.body).toBe(SCRIPT);
    const small = await server.inject({ url, headers: { 'accept-encoding': 'gzip' } });
    expect(small.headers['content-encoding']).toBe('gzip');
    expect(small.headers['content-type']).toMatch(/javascript/);
    expect(small.rawPayload.length).toBeLessThan(200);
    expect(small.headers.vary).toMatch(/accept-encoding/i);
  });

  it('file that is gone – 404, never the page', async () => {
    const { server } = await start();
    for (const url of ['/assets/old-123.js', '/old.png', '/assets/../package.json', '/..%2fpackage.json']) {
      const answer = await server.inject({ url });
      expect(answer.statusCode, url).toBeGreaterThanOrEqual(400);
      expect(answer.headers['cache-control'] ?? '').not.toContain('immutable');
    }
    expect((await server.inject({ method: 'POST', url: '/clouds' })).statusCode).toBe(404);
  });

  it('headers – on pages, files and errors', async () => {
    const { server } = await start();
    for (const url of ['/', '/assets/index-abc123.js', '/assets/none.js', '/healthz']) {
      expect((await server.inject({ url })).headers).toMatchObject({
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'permissions-policy': expect.stringContaining('camera=()'),
      });
    }
    expect(CONTENT_SECURITY_POLICY).not.toContain('unsafe');
  });

  it('probes – ready until it stops', async () => {
    const { server, drain } = await start();
    expect((await server.inject({ url: '/healthz' })).json()).toEqual({ status: 'ok' });
    expect((await server.inject({ url: '/readyz' })).statusCode).toBe(200);
    drain();
    expect((await server.inject({ url: '/readyz' })).statusCode).toBe(503);
  });
});
