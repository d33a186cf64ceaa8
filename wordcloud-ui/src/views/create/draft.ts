/** What is on the table: text or file, mask, title. Kept while the page is open, so that nobody loses a text by signing in. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';

const MOST_TITLE = 60;

export const useDraft = defineStore('draft', () => {
  const text = ref('');
  const file = shallowRef<File | null>(null);
  const mask = shallowRef<File | null>(null);
  const title = ref('');
  /** The start of the file, as far as the browser can read it. */
  const filePreview = ref('');

  /** The sample that was taken last. */
  const sample = ref('');

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
    effectiveTitle: computed(() => title.value.trim() || (file.value ? '' : firstLine(text.value))),
    clear() {
      text.value = '';
      file.value = null;
      filePreview.value = '';
      title.value = '';
    },
  };
});

function firstLine(text: string): string {
  // Without the signs of a Markdown heading.
  const line = (text.trim().split(/\r?\n/, 1)[0] ?? '').replace(/^#+\s+/, '');
  const signs = [...line];
  return signs.length > MOST_TITLE ? `${signs.slice(0, MOST_TITLE).join('').trimEnd()}…` : line;
}
