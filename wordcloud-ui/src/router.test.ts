// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { nextOf, signInFrom } from './router.ts';

it('nextOf – addresses of this page only', () => {
  const next = (value: string | string[]) => nextOf({ query: { next: value } });
  expect(next('/clouds?page=2')).toBe('/clouds?page=2');
  for (const evil of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '']) {
    expect(next(evil)).toBe('/');
  }
  expect(next('/sign-in')).toBe('/');
  expect(next(['/clouds', '/x'])).toBe('/');
});

it('signInFrom – leads back, but not to where everybody begins', () => {
  const meta = { title: '' };
  expect(signInFrom({ fullPath: '/clouds?q=a', meta })).toEqual({ path: '/sign-in', query: { next: '/clouds?q=a' } });
  expect(signInFrom({ fullPath: '/', meta })).toEqual({ path: '/sign-in', query: {} });
});
