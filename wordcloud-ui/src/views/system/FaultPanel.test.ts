// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils';
import { beforeEach, expect, it, vi } from 'vitest';
import { ApiError } from '@/api/api-error.ts';
import { mountOnPage } from '@/components/test-mount.ts';
import FaultPanel from './FaultPanel.vue';
import { nodesOf } from './nodes.ts';
import { makeInstance, makeView, momentOf } from './view-fixture.ts';

const { api } = vi.hoisted(() => ({ api: vi.fn<(...request: unknown[]) => Promise<unknown>>() }));
vi.mock('@/api/http.ts', async () => ({ ...(await vi.importActual<object>('@/api/api-error.ts')), api }));

const SEG = 'wordcloud-seg-1/wordcloud-seg';

beforeEach(() => {
  api.mockReset().mockResolvedValue(undefined);
});

function panel({ status = 'up', active = [] as unknown[] } = {}) {
  const instances = ['seg-1', 'maker-1'].map((name) =>
    makeInstance(name, name === 'seg-1' ? { status: status as 'up', since: momentOf(0) } : {}),
  );
  const targets = nodesOf(makeView({ instances }), Date.parse(momentOf(1)));
  const onChanged = vi.fn();
  return mountOnPage(FaultPanel, { targets, active, chosen: SEG, onChanged }).then((page) => ({ ...page, onChanged }));
}

it('a fault – is asked for with the instance, its kind and how long, explained, and the page looks at once', async () => {
  const { wrapper, button, text, onChanged } = await panel();
  await wrapper.get('input[value="60"]').setValue();
  await button('Slow by 2 s').trigger('click');
  expect(api.mock.calls).toEqual([
    ['POST', '/api/system/faults', { body: { instance: SEG, kind: 'slow', seconds: 60 } }],
  ]);
  await flushPromises();
  expect(text()).toContain('Its callers notice with the first slow answer');
  expect(text()).toContain('seg-1: done.');
  expect(onChanged).toHaveBeenCalledTimes(1);
});

it('a fault that is refused – is said in words, not as done', async () => {
  api.mockRejectedValue(new ApiError({ status: 503, code: 'UNAVAILABLE', detail: '' }));
  const { wrapper, button, text } = await panel();
  await button('Fail half').trigger('click');
  await flushPromises();
  expect(wrapper.get('[role=alert]').text()).toContain('A part of the system is away.');
  expect(text()).not.toContain('done.');
});

it('what is broken – is listed with the time left, and can be healed; before there is nothing to heal', async () => {
  const calm = await panel();
  expect(calm.button('Heal all').attributes('disabled')).toBeDefined();
  expect(calm.text()).toContain('Nothing is broken on purpose.');
  const { button, text } = await panel({ active: [{ instance: SEG, kind: 'slow', leftMs: 4_100 }] });
  expect(text()).toContain('seg-1 slow, 5 s left');
  await button('Heal all').trigger('click');
  expect(api.mock.calls).toEqual([['DELETE', '/api/system/faults']]);
  await flushPromises();
  expect(text()).toContain('All is healed');
});

it('who is gone – cannot be broken', async () => {
  const { button } = await panel({ status: 'gone' });
  for (const name of ['Slow by 2 s', 'Fail half', 'Stop'])
    expect(button(name).attributes('disabled'), name).toBeDefined();
});
