/** Saves a file of a cloud: fetched with the token, handed to the browser as a download. */
import type { Task } from '@wordcloud/contracts';
import { useI18n } from 'vue-i18n';
import { fetchBlob, fetchText } from '../../api/http.ts';
import { errorSentence } from '../../components/error-words.ts';
import { useToasts } from '../../components/toasts.ts';
import { cloudFileName } from '../create/file-name.ts';

export type CloudFile = 'png' | 'svg' | 'csv';

/** @returns fetches and saves; a failure is told in a toast */
export function useDownload(): (task: Task, file: CloudFile) => Promise<void> {
  const toasts = useToasts();
  const { t, te } = useI18n();
  return async (task, file) => {
    try {
      save(await load(task, file), cloudFileName(task.title, file));
    } catch (error) {
      toasts.show({ tone: 'bad', text: errorSentence(error, { t, te }) });
    }
  };
}

async function load({ id, image }: Task, file: CloudFile): Promise<Blob> {
  if (file !== 'csv') return fetchBlob(image?.[file] ?? `/api/wordclouds/${id}/image.${file}`);
  return new Blob([await fetchText(`/api/wordclouds/${id}/words`, 'text/csv')], { type: 'text/csv;charset=utf-8' });
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has its own hold on the file by then.
  setTimeout(() => URL.revokeObjectURL(link.href));
}
