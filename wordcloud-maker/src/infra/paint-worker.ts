/** Lays out and draws one cloud, in a worker thread. */
import type { MessagePort } from 'node:worker_threads';
import { CloudError, layoutJson, makeCloud, previewPng, type WeightedWord } from '@wordcloud/cloud';
import type { CloudOptions } from '@wordcloud/contracts';
import type { WorkerOutcome } from '@wordcloud/service-kit';
import type { Drawing } from '../domain/ports.ts';
import { engineOptions } from './engine-options.ts';

export interface PaintJob {
  kind: 'paint';
  words: WeightedWord[];
  options: CloudOptions;
  mask: Uint8Array | undefined;
  messages: MessagePort;
}

export type PaintMessage = { stage: 'layout' | 'drawing'; percent: number } | { preview: Uint8Array };

/**
 * From here on painting, compressing and storing takes 100 ms and more, a preview 7 ms (200 words) to 30 ms (2,000): its cost is the
 * words, theirs the pixels.
 */
const PREVIEW_FROM_PIXELS = 8_000_000;
/** The longer side. */
const PREVIEW_SIDE = 480;

export async function paint({ words, options, mask, messages }: PaintJob): Promise<WorkerOutcome<Drawing>> {
  const send = (message: PaintMessage) => messages.postMessage(message);
  try {
    const cloud = await makeCloud(words, engineOptions(options), {
      onStage: (stage, percent) => send({ stage, percent }),
      async onLayout(picture) {
        if (picture.width * picture.height < PREVIEW_FROM_PIXELS) return;
        send({ preview: await previewPng(picture, PREVIEW_SIDE) });
      },
      ...(mask && { mask }),
    });
    const { png, svg, placed, fill, ms } = cloud;
    const [svgBytes, layout] = [svg(), layoutJson(cloud)].map((text) => new TextEncoder().encode(text));
    const drawn = placed.map(({ word }) => word);
    return { ok: true, value: { png, svg: svgBytes!, layout: layout!, placed: drawn, fill, ms } };
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    // What only the engine can tell, such as a shape of letters that no font has.
    return {
      ok: false,
      code: error.code === 'INVALID_OPTION' ? 'INVALID_INPUT' : error.code,
      detail: error.message,
    };
  } finally {
    messages.close();
  }
}
