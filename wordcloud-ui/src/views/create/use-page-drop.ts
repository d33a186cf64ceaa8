/** The whole page takes a dropped file. */
import { onBeforeUnmount, onMounted, ref } from 'vue';

/** @param onFile gets the first file, and how many were dropped */
export function usePageDrop(onFile: (file: File, count: number) => void) {
  /** A file is being dragged over the page. */
  const isOver = ref(false);
  /** Each element under the pointer says enter and leave. */
  let depth = 0;

  const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false;
  const end = () => {
    depth = 0;
    isOver.value = false;
  };
  const listeners: Record<string, (event: DragEvent) => void> = {
    dragenter(event) {
      if (!hasFiles(event)) return;
      depth += 1;
      isOver.value = true;
    },
    dragover(event) {
      // Without this the browser opens the file instead.
      if (hasFiles(event)) event.preventDefault();
    },
    dragleave(event) {
      if (!hasFiles(event)) return;
      depth -= 1;
      if (depth <= 0) end();
    },
    drop(event) {
      if (!hasFiles(event)) return;
      event.preventDefault();
      end();
      const files = event.dataTransfer?.files;
      if (files?.[0]) onFile(files[0], files.length);
    },
  };

  onMounted(() => {
    for (const [name, listener] of Object.entries(listeners))
      document.addEventListener(name, listener as EventListener);
  });
  onBeforeUnmount(() => {
    for (const [name, listener] of Object.entries(listeners))
      document.removeEventListener(name, listener as EventListener);
  });
  return { isOver };
}
