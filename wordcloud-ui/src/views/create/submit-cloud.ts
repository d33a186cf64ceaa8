/** Sends the draft, with progress, and can be stopped. */
import type { Task } from '@wordcloud/contracts';
import { onScopeDispose, ref, shallowRef } from 'vue';
import { uploadCloud } from '@/api/http.ts';
import { cloudForm, type Upload } from './cloud-form.ts';
import { forgetKey, keyOf } from './upload-key.ts';

export function useSubmit() {
  /** Share of the upload, 0 to 1; undefined when nothing is being sent. */
  const share = ref<number>();
  const error = shallowRef<unknown>();
  let stop: AbortController | undefined;

  /** @returns the task; undefined when it was stopped or refused, with `error` saying why */
  async function submit(upload: Upload): Promise<Task | undefined> {
    if (share.value !== undefined) return undefined;
    stop = new AbortController();
    const { signal } = stop;
    share.value = 0;
    error.value = undefined;
    try {
      const task = await uploadCloud(cloudForm(upload), keyOf(upload), {
        signal,
        onProgress(part) {
          share.value = part;
        },
      });
      forgetKey();
      return task;
    } catch (reason) {
      if (!signal.aborted) error.value = reason;
      return undefined;
    } finally {
      share.value = undefined;
    }
  }

  const cancel = () => stop?.abort();
  onScopeDispose(cancel);
  return { share, error, submit, cancel };
}
