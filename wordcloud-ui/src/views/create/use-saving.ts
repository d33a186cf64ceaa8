/** Takes a cloud out of the page: as a file in every format there is, as a list of words, into the clipboard. */
import type { Task } from '@wordcloud/contracts';
import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { fetchBlob, fetchText } from '@/api/http.ts';
import { errorSentence } from '@/components/error-words.ts';
import { useToasts } from '@/components/toasts.ts';
import { cloudFileName } from './file-name.ts';

/** Without it spreadsheets take UTF-8 for the code page of the machine. */
const BYTE_ORDER_MARK = '\ufeff';

export function useSaving() {
  const { t, te } = useI18n();
  const { show } = useToasts();
  /** What is being fetched: a format, `csv` or `copy`. */
  const busy = ref<string>();

  async function during(what: string, work: () => Promise<string>): Promise<void> {
    if (busy.value) return;
    busy.value = what;
    try {
      show({ text: await work(), tone: 'ok' });
    } catch (error) {
      show({ text: errorSentence(error, { t, te }), tone: 'bad' });
    } finally {
      busy.value = undefined;
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
    busy,
    saveImage: (task: Task, format: string) =>
      during(format, async () =>
        save(await fetchBlob(pathOf(task, `image.${format}`)), cloudFileName(task.title, format)),
      ),
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
