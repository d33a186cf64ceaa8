/** The picture of a cloud for an `<img>`: fetched with the token when its place comes into view, given back afterwards. */
import { onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue';
import { fetchBlob } from '../../api/http.ts';
import { onBack } from '../../api/on-back.ts';

/** Starts to load this far before the picture is visible. */
const MARGIN = '300px';
/** A browser opens six connections to one origin; the rest of the page needs some. */
const MOST_AT_ONCE = 3;

let running = 0;
const queue: (() => void)[] = [];

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running >= MOST_AT_ONCE) await new Promise<void>((resume) => queue.push(resume));
  else running += 1;
  try {
    return await work();
  } finally {
    const next = queue.shift();
    if (next) next();
    else running -= 1;
  }
}

/**
 * Must be called within a component, with which it ends.
 *
 * @param place the element that will hold the picture
 * @param path of the picture; null while there is none
 * @param version another version is another picture behind the same path
 */
export function useThumbnail(place: Ref<Element | null>, path: () => string | null, version: () => string | null) {
  const url = shallowRef<string>();
  const isFailed = ref(false);
  const isVisible = ref(false);
  let isOver = false;

  const observer = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) isVisible.value = true;
    },
    { rootMargin: MARGIN },
  );
  watch(place, (element, before) => {
    if (before) observer.unobserve(before);
    if (element) observer.observe(element);
  });

  function show(blob: Blob | undefined): void {
    if (url.value) URL.revokeObjectURL(url.value);
    url.value = blob && URL.createObjectURL(blob);
  }

  async function load(): Promise<void> {
    const wanted = path();
    const wantedVersion = version();
    const isCurrent = () => !isOver && path() === wanted && version() === wantedVersion;
    isFailed.value = false;
    if (wanted === null) return show(undefined);
    try {
      const blob = await inTurn(async () => (isCurrent() ? await fetchBlob(wanted) : undefined));
      if (blob && isCurrent()) show(blob);
    } catch {
      if (isCurrent()) isFailed.value = true;
    }
  }

  watch([isVisible, path, version], () => {
    if (isVisible.value) void load();
  });
  onBack(() => {
    if (isFailed.value) void load();
  });
  onScopeDispose(() => {
    isOver = true;
    observer.disconnect();
    show(undefined);
  });

  return { url, isFailed };
}
