/** Takes a cloud out of the page: as a file in every format there is, as a list of words, into the clipboard. */
import type { Task } from '@wordcloud/contracts';
import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { fetchBlob, fetchText } from '@/api/http.ts';
import { errorSentence } from '@/components/error-words.ts';
import { useToasts } from '@/components/toasts.ts';
import type { Download } from './downloads.ts';
import { cloudFileName } from './file-name.ts';

/** Without it spreadsheets take UTF-8 for the code page of the machine. */
const BYTE_ORDER_MARK = '\ufeff';

export function useSaving() {
  const { t, te } = useI18n();
  const { show } = useToasts();
  /** What is being fetched: names of downloads, `csv`, `copy`. */
  const busy = ref(new Set<string>());

  async function during(what: string, work: () => Promise<string>): Promise<void> {
    if (busy.value.has(what)) return;
    busy.value.add(what);
    try {
      show({ text: await work(), tone: 'ok' });
    } catch (error) {
      show({ text: errorSentence(error, { t, te }), tone: 'bad' });
    } finally {
      busy.value.delete(what);
    }
  }

  const pathOf = ({ id }: Task, file: string) => `/api/wordclouds/${id}/${file}`;

  function save(blob: Blob, name: string): string {
    const url = URL.createObjectURL(blob);
    Object.assign(document.createElement('a'), { href: url, download: name }).click();
    // The browser begins to read after the click.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    return t('cloud.save.saved', { name });
  }

  return {
    isBusy: (what: string) => busy.value.has(what),
    /** What the server has not made yet is made now: that may take seconds. */
    saveImage: (task: Task, { name, file, ending }: Download) =>
      during(name, async () => save(await fetchBlob(pathOf(task, file)), cloudFileName(task.title, ending))),
    saveWords: (task: Task) =>
      during('csv', async () => {
        const csv = await fetchText(pathOf(task, 'words'), 'text/csv');
        const type = 'text/csv;charset=utf-8';
        return save(new Blob([BYTE_ORDER_MARK, csv], { type }), cloudFileName(task.title, 'csv'));
      }),
    async copyImage(task: Task): Promise<void> {
      if (!('ClipboardItem' in globalThis) || !navigator.clipboard?.write) {
        show({ text: t('cloud.save.cannotCopy'), tone: 'warn' });
        return;
      }
      await during('copy', async () => {
        const image = fetchBlob(pathOf(task, 'image.png'));
        try {
          // Safari wants the promise: after waiting for it, the click does not count any more.
          await navigator.clipboard.write([new ClipboardItem({ 'image/png': image })]);
        } catch (error) {
          await image;
          if (error instanceof DOMException) return t('cloud.save.cannotCopy');
          throw error;
        }
        return t('cloud.save.copied');
      });
    },
  };
}
