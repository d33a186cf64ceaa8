/** Runs in a worker thread: lays out and draws one cloud. */
import type { MessagePort } from 'node:worker_threads';
import { CloudError, makeCloud } from '@wordcloud/cloud';
import type { CloudOptions } from '@wordcloud/contracts';
import type { WorkerOutcome } from '@wordcloud/service-kit';
import type { Drawing } from '../domain/ports.ts';

export interface PaintJob {
  words: { word: string; weight: number }[];
  options: CloudOptions;
  mask: Uint8Array | undefined;
  stages: MessagePort;
}

export interface StageMessage {
  stage: 'layout' | 'drawing';
  percent: number;
}

export default async function paint({ words, options, mask, stages }: PaintJob): Promise<WorkerOutcome<Drawing>> {
  const { width, height, shape, palette, background, font, rotation, scaling, seed } = options;
  try {
    const cloud = await makeCloud(
      words,
      { width, height, shape, palette, background, font, rotation, scaling, seed },
      {
        onStage: (stage, percent) => stages.postMessage({ stage, percent } satisfies StageMessage),
        ...(mask && { mask }),
      },
    );
    const { png, svg, placed, fill, ms } = cloud;
    const value = { png, svg: new TextEncoder().encode(svg()), placed: placed.map(({ word }) => word), fill, ms };
    return { ok: true, value };
  } catch (error) {
    if (error instanceof CloudError && (error.code === 'BAD_MASK' || error.code === 'NO_DRAWABLE_WORDS')) {
      return { ok: false, code: error.code, detail: error.message };
    }
    throw error;
  } finally {
    stages.close();
  }
}
