/** What is on the table: text or file, mask, title. Kept while the page is open, so that nobody loses a text by signing in. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { titleOf } from './title-of.ts';

interface Beside {
  mask: File | null;
  compareText: string;
  compareFile: File | null;
  comparePreview: string;
}
const NOTHING_BESIDE: Beside = { mask: null, compareText: '', compareFile: null, comparePreview: '' };

export const useDraft = defineStore('draft', () => {
  const text = ref('');
  const file = shallowRef<File | null>(null);
  const mask = shallowRef<File | null>(null);
  const title = ref('');
  /** A second text that the first is compared with, typed or as a file. */
  const compareText = ref('');
  const compareFile = shallowRef<File | null>(null);
  /** The start of the file, as far as the browser can read it. */
  const filePreview = ref('');
  const comparePreview = ref('');

  /** The sample that was taken last. */
  const sample = ref('');
  /** What belongs to the clouds that were made since the page was opened, and the server does not give back. */
  const sentBeside = new Map<string, Beside>();

  const isEmpty = computed(() => file.value === null && text.value.trim() === '');

  return {
    text,
    file,
    mask,
    title,
    filePreview,
    compareText,
    compareFile,
    comparePreview,
    isEmpty,
    isCompared: computed(() => compareFile.value !== null || compareText.value.trim() !== ''),
    /** The text is a sample as it was taken. */
    isSample: computed(() => file.value === null && text.value !== '' && text.value === sample.value),
    takeSample(content: string) {
      sample.value = content;
      text.value = content;
    },
    /** What is counted for the sketch. */
    readable: computed(() => (file.value ? filePreview.value : text.value)),
    readableCompare: computed(() => (compareFile.value ? comparePreview.value : compareText.value)),
    /** What the cloud is called: what was typed, else nothing for a file, whose name the server takes, else the first line. */
    effectiveTitle: computed(() => title.value.trim() || (file.value ? '' : titleOf(text.value))),
    /** The draft has become this cloud. */
    sent(taskId: string) {
      sentBeside.set(taskId, {
        mask: mask.value,
        compareText: compareText.value,
        compareFile: compareFile.value,
        comparePreview: comparePreview.value,
      });
    },
    /** Puts on the table what this cloud was made with beside its text: nothing of it where that is not known any more. */
    takeBeside(taskId: string) {
      const beside = sentBeside.get(taskId) ?? NOTHING_BESIDE;
      mask.value = beside.mask;
      compareText.value = beside.compareText;
      compareFile.value = beside.compareFile;
      comparePreview.value = beside.comparePreview;
    },
    clear() {
      text.value = '';
      file.value = null;
      filePreview.value = '';
      title.value = '';
    },
  };
});
