// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type EffectScope, effectScope, nextTick, ref } from 'vue';

const fetchBlob = vi.hoisted(() => vi.fn<(path: string) => Promise<Blob>>());
vi.mock('../../api/http.ts', () => ({ fetchBlob }));
const { useThumbnail } = await import('./use-thumbnail.ts');

let scope: EffectScope;
let show: (() => void)[];
let urls: string[];
beforeEach(() => {
  scope = effectScope();
  show = [];
  urls = [];
  fetchBlob.mockReset().mockResolvedValue(new Blob(['picture']));
  vi.spyOn(URL, 'createObjectURL').mockImplementation(() => {
    urls.push(`blob:${urls.length}`);
    return urls.at(-1)!;
  });
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation((url) => {
    urls = urls.filter((one) => one !== url);
  });
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(onChange: (entries: object[]) => void) {
        show.push(() => onChange([{ isIntersecting: true }]));
      }
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
});
afterEach(() => {
  scope.stop();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

function makeThumbnail(first: string | null = '/a.png') {
  const path = ref(first);
  const version = ref<string | null>('1');
  const place = ref<Element | null>(document.createElement('div'));
  const thumbnail = scope.run(() =>
    useThumbnail(
      place,
      () => path.value,
      () => version.value,
    ),
  )!;
  return { ...thumbnail, path, version, appear: show.at(-1)! };
}

it('is fetched when its place comes into view, not before', async () => {
  const { url, appear } = makeThumbnail();
  await nextTick();
  expect(fetchBlob).not.toHaveBeenCalled();
  appear();
  await vi.waitFor(() => expect(url.value).toBe('blob:0'));
  expect(fetchBlob.mock.calls).toEqual([['/a.png']]);
});

it('a new version – is fetched, and the old picture given back', async () => {
  const { url, version, appear } = makeThumbnail();
  appear();
  await vi.waitFor(() => expect(url.value).toBe('blob:0'));
  version.value = '2';
  await vi.waitFor(() => expect(fetchBlob).toHaveBeenCalledTimes(2));
  await vi.waitFor(() => expect(urls).toEqual([url.value]));
});

it('made anew – the old picture goes, the new one comes', async () => {
  const { url, path, appear } = makeThumbnail();
  appear();
  await vi.waitFor(() => expect(url.value).toBeDefined());
  path.value = null;
  await vi.waitFor(() => expect(url.value).toBeUndefined());
  expect(urls).toEqual([]);
});

it('gone while it was on its way – leaves nothing behind', async () => {
  const answer = Promise.withResolvers<Blob>();
  fetchBlob.mockReturnValue(answer.promise);
  const { appear } = makeThumbnail();
  appear();
  await vi.waitFor(() => expect(fetchBlob).toHaveBeenCalled());
  scope.stop();
  answer.resolve(new Blob());
  await answer.promise;
  await nextTick();
  expect(urls).toEqual([]);
});

it('not to be had – is told', async () => {
  fetchBlob.mockRejectedValue(new Error('away'));
  const { isFailed, appear } = makeThumbnail();
  appear();
  await vi.waitFor(() => expect(isFailed.value).toBe(true));
});

it('many at once – three at a time, and each in the end', async () => {
  const answers: PromiseWithResolvers<Blob>[] = [];
  fetchBlob.mockImplementation(() => {
    const answer = Promise.withResolvers<Blob>();
    answers.push(answer);
    return answer.promise;
  });
  const all = Array.from({ length: 5 }, (_, index) => makeThumbnail(`/${index}.png`));
  for (const { appear } of all) appear();
  await vi.waitFor(() => expect(answers).toHaveLength(3));
  for (let index = 0; index < 5; index += 1) {
    await vi.waitFor(() => expect(answers.length).toBeGreaterThan(index));
    answers[index]!.resolve(new Blob());
  }
  await vi.waitFor(() => expect(all.every(({ url }) => url.value !== undefined)).toBe(true));
});
