/** What is on the table: text or file, mask, title. Kept while the page is open, so that nobody loses a text by signing in. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { titleOf } from './title-of.ts';

export const useDraft = defineStore('draft', () => {
  const text = ref('');
  const file = shallowRef<File | null>(null);
  const mask = shallowRef<File | null>(null);
  const title = ref('');
  /** The start of the file, as far as the browser can read it. */
  const filePreview = ref('');

  /** The sample that was taken last. */
  const sample = ref('');
  /** The masks of the clouds that were made since the page was opened: the server does not give them back. */
  const sentMasks = new Map<string, File>();

  const isEmpty = computed(() => file.value === null && text.value.trim() === '');

  return {
    text,
    file,
    mask,
    title,
    filePreview,
    isEmpty,
    /** The text is a sample as it was taken. */
    isSample: computed(() => file.value === null && text.value !== '' && text.value === sample.value),
    takeSample(content: string) {
      sample.value = content;
      text.value = content;
    },
    /** What is counted for the sketch. */
    readable: computed(() => (file.value ? filePreview.value : text.value)),
    /** What the cloud is called: what was typed, else nothing for a file, whose name the server takes, else the first line. */
    effectiveTitle: computed(() => title.value.trim() || (file.value ? '' : titleOf(text.value))),
    /** The draft has become this cloud. */
    sent(taskId: string) {
      if (mask.value) sentMasks.set(taskId, mask.value);
    },
    maskOf: (taskId: string): File | null => sentMasks.get(taskId) ?? null,
    clear() {
      text.value = '';
      file.value = null;
      filePreview.value = '';
      title.value = '';
    },
  };
});
