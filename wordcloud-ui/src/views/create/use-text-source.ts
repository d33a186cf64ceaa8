/** Takes files, samples and masks onto the table, or says in words why not. */
import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { CloudChoices } from '@/api/tasks.ts';
import { useToasts } from '@/components/toasts.ts';
import { checkMaskFile, checkTextFile, previewText } from './check-file.ts';
import { useDraft } from './draft.ts';
import { formatBytes } from './format-bytes.ts';
import { loadSample, type SampleName } from './samples.ts';

/** Must be called within a component. */
export function useTextSource(choices: () => CloudChoices | undefined) {
  const draft = useDraft();
  const { t, locale } = useI18n();
  const { show } = useToasts();
  const fault = ref<string>();
  const maskFault = ref<string>();
  const compareFault = ref<string>();
  const limits = () => choices()?.limits;
  const size = (bytes: number) => formatBytes(bytes, locale.value);

  async function takeFile(file: File, count = 1): Promise<void> {
    const limit = limits()?.bytes ?? Number.POSITIVE_INFINITY;
    const found = await checkTextFile(file, limit);
    if (found) {
      fault.value = t(`create.fault.${found}`, { name: file.name, size: size(file.size), limit: size(limit) });
      return;
    }
    const preview = (await previewText(file)) ?? '';
    fault.value = undefined;
    draft.filePreview = preview;
    draft.file = file;
    if (count > 1) show({ text: t('create.fault.several', { name: file.name }) });
  }

  async function takeMask(file: File | null): Promise<void> {
    maskFault.value = undefined;
    if (file === null) {
      draft.mask = null;
      return;
    }
    const limit = limits()?.maskBytes ?? Number.POSITIVE_INFINITY;
    const found = await checkMaskFile(file, limit);
    const key = { empty: 'empty', tooLarge: 'maskTooLarge', notImage: 'notImage' } as const;
    if (found)
      maskFault.value = t(`create.fault.${key[found]}`, { name: file.name, size: size(file.size), limit: size(limit) });
    else draft.mask = file;
  }

  async function takeCompared(file: File | null): Promise<void> {
    compareFault.value = undefined;
    const limit = limits()?.bytes ?? Number.POSITIVE_INFINITY;
    const found = file && (await checkTextFile(file, limit));
    if (file && found) {
      compareFault.value = t(`create.fault.${found}`, { name: file.name, size: size(file.size), limit: size(limit) });
      return;
    }
    draft.comparePreview = file ? ((await previewText(file)) ?? '') : '';
    draft.compareFile = file;
  }

  /** A text that somebody brought is not thrown away without a way back. */
  function replace(change: () => void): void {
    const before = { text: draft.text, file: draft.file, filePreview: draft.filePreview, title: draft.title };
    const isOwn = !draft.isEmpty && !draft.isSample;
    draft.clear();
    change();
    fault.value = undefined;
    if (!isOwn) return;
    show({
      text: t('create.text.cleared'),
      action: { label: t('create.text.undo'), run: () => Object.assign(draft, before) },
    });
  }

  const clear = () => replace(() => {});

  async function takeSample(name: SampleName): Promise<void> {
    const text = await loadSample(name);
    replace(() => draft.takeSample(text));
  }

  function removeFile(): void {
    draft.file = null;
    draft.filePreview = '';
  }

  return { fault, maskFault, compareFault, takeFile, takeMask, takeCompared, takeSample, removeFile, clear };
}
