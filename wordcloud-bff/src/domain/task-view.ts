/** A task as its owner sees it: addresses instead of object keys. */
import type { Task, TaskRecord } from '@wordcloud/contracts';

export function toTask(record: TaskRecord): Task {
  const { ownerId: _owner, sourceKey: _source, compareKey: _compare, maskKey, previewKey, result, ...common } = record;
  const path = `/api/wordclouds/${record.id}`;
  return {
    ...common,
    hasMask: maskKey !== null,
    preview: previewKey === null ? null : `${path}/preview.png`,
    image: result && {
      png: `${path}/image.png`,
      svg: `${path}/image.svg`,
      width: result.width,
      height: result.height,
    },
  };
}
