/** Puts a cloud's text and options back on the table, to change anything and make it anew. */
import type { Task } from '@wordcloud/contracts';
import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { fetchBlob } from '@/api/http.ts';
import { errorSentence } from '@/components/error-words.ts';
import { useToasts } from '@/components/toasts.ts';
import { previewText } from './check-file.ts';
import { useDraft } from './draft.ts';
import { rememberOptions } from './option-memory.ts';

/** Up to here a text is put where it can be edited; a larger one stays a file. */
const EDITABLE_BYTES = 100_000;

export function useReuse() {
  const router = useRouter();
  const draft = useDraft();
  const { t, te } = useI18n();
  const { show } = useToasts();
  const isFetching = ref(false);

  async function reuse(task: Task): Promise<void> {
    if (isFetching.value) return;
    isFetching.value = true;
    try {
      const source = await fetchBlob(`/api/wordclouds/${task.id}/source`);
      const preview = (await previewText(source)) ?? '';
      draft.clear();
      draft.takeBeside(task.id);
      if (task.hasMask && draft.mask === null) show({ text: t('cloud.maskAgain'), tone: 'warn', ms: 12_000 });
      if (task.comparedWith !== null && !draft.isCompared) {
        show({ text: t('cloud.compare.again', { name: task.comparedWith }), tone: 'warn', ms: 12_000 });
      }
      draft.title = task.title;
      if (preview !== '' && source.size <= EDITABLE_BYTES) draft.text = preview;
      else {
        draft.file = new File([source], task.title);
        draft.filePreview = preview;
      }
      rememberOptions(task.options);
      await router.push('/');
    } catch (error) {
      show({ text: errorSentence(error, { t, te }), tone: 'bad' });
    } finally {
      isFetching.value = false;
    }
  }

  return { isFetching, reuse };
}
