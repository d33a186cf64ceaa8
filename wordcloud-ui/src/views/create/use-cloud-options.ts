/** The options on the table: from what was chosen last, and remembered with every change. */
import type { CloudOptions } from '@wordcloud/contracts';
import { ref, shallowRef, watch } from 'vue';
import { onBack } from '@/api/on-back.ts';
import { type CloudChoices, getOptions } from '@/api/tasks.ts';
import { rememberedOptions, rememberOptions } from './option-memory.ts';
import { validOptions } from './valid-options.ts';

/** Must be called within a component. Loads what may be chosen at once. */
export function useCloudOptions() {
  const choices = shallowRef<CloudChoices>();
  const options = ref<CloudOptions>();
  const error = shallowRef<unknown>();

  async function load(): Promise<void> {
    error.value = undefined;
    try {
      const loaded = await getOptions();
      options.value = rememberedOptions(loaded);
      choices.value = loaded;
    } catch (reason) {
      error.value = reason;
    }
  }

  watch(
    options,
    (value) => {
      if (value && choices.value) rememberOptions(value);
    },
    { deep: true },
  );

  /** @returns what brings back the options of before */
  function reset(): () => void {
    const before = options.value;
    if (choices.value) options.value = validOptions(null, choices.value);
    return () => {
      options.value = before;
    };
  }

  void load();
  onBack(() => {
    if (error.value) void load();
  });
  return { choices, options, error, load, reset };
}
