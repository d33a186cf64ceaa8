// @vitest-environment happy-dom
import { mount } from '@vue/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { defineComponent, h } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { useListQuery } from './use-list-query.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

async function open(address: string) {
  let state!: ReturnType<typeof useListQuery>;
  const component = defineComponent(() => {
    state = useListQuery();
    return () => h('p');
  });
  const routes = [
    { path: '/clouds', component },
    { path: '/', component: { render: () => h('p') } },
  ];
  const router = createRouter({ history: createMemoryHistory(), routes });
  await router.push(address);

  mount(component, { global: { plugins: [router] } });
  const settled = () => vi.advanceTimersByTimeAsync(1_000);
  return { state, router, settled, at: () => router.currentRoute.value.fullPath };
}

it('reads the address', async () => {
  const { state } = await open('/clouds?q=tea&status=failed&page=2');
  expect(state.query.value).toEqual({ q: 'tea', status: 'failed', page: 2 });
  expect(state.searchText.value).toBe('tea');
});

it('typing – is written once it pauses, and begins on the first page', async () => {
  const { state, settled, at } = await open('/clouds?page=3');
  for (const text of ['t', 'te', 'tea ']) {
    state.searchText.value = text;
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(at()).toBe('/clouds?page=3');
  await settled();
  expect(at()).toBe('/clouds?q=tea');
  expect(state.searchText.value).toBe('tea ');
});

it('status and page – are written at once, and back leads back', async () => {
  const { state, router, settled, at } = await open('/clouds?q=tea');
  state.page.value = 2;
  await settled();
  state.status.value = 'failed';
  await settled();
  expect(at()).toBe('/clouds?q=tea&status=failed');
  router.back();
  await settled();
  expect(state.query.value).toEqual({ q: 'tea', status: undefined, page: 2 });
});

it('back to another search – changes what stands in the field', async () => {
  const { state, router, settled } = await open('/clouds?q=tea');
  await router.push('/clouds?q=milk');
  expect(state.searchText.value).toBe('milk');
  router.back();
  await settled();
  expect(state.searchText.value).toBe('tea');
});

it('show all – empties everything', async () => {
  const { state, settled, at } = await open('/clouds?q=tea&status=failed&page=2');
  state.showAll();
  await settled();
  expect(at()).toBe('/clouds');
  expect(state.searchText.value).toBe('');
});

it('another route – is none of its business', async () => {
  const { state, router, settled, at } = await open('/clouds?q=tea');
  const before = state.query.value;
  await router.push('/');
  await settled();
  expect(state.query.value).toBe(before);
  expect(at()).toBe('/');
});
