/** The formats in which a picture can be had, as the server announces them. */
import { onMounted, type ShallowRef, shallowRef } from 'vue';
import { getOptions } from '@/api/tasks.ts';

/** Those that there have always been, until the server has answered, or where it does not. */
const USUAL = ['png', 'svg'];

/** Must be called within a component. */
export function useFormats(): Readonly<ShallowRef<readonly string[]>> {
  const formats = shallowRef<readonly string[]>(USUAL);
  onMounted(async () => {
    formats.value = await getOptions().then(
      (choices) => choices.formats,
      () => USUAL,
    );
  });
  return formats;
}
