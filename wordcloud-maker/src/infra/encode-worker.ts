/** Makes one more format of a picture, in a worker thread. */
import {
  CloudError,
  type DrawnLayout,
  drawLayout,
  encodeHtml,
  encodePdf,
  encodeSvgWithFont,
  encodeWebp,
  readLayoutJson,
} from '@wordcloud/cloud';
import type { EncodedFormat } from '@wordcloud/contracts';
import type { WorkerOutcome } from '@wordcloud/service-kit';
import type { Naming } from '../domain/ports.ts';

export interface EncodeJob {
  kind: 'encode';
  source: Uint8Array;
  format: EncodedFormat;
  naming: Naming;
}

type FromLayout = (layout: DrawnLayout, naming: Naming) => string | Uint8Array | Promise<string | Uint8Array>;

const FROM_LAYOUT: Record<Exclude<EncodedFormat, 'webp'>, FromLayout> = {
  pdf: (layout, { title }) => encodePdf(layout, { title }),
  html: (layout, { title, lang }) => encodeHtml(layout, { title, lang: lang?.startsWith('zh') ? 'zh' : 'en' }),
  'text.svg': encodeSvgWithFont,
};

export async function encode({ source, format, naming }: EncodeJob): Promise<WorkerOutcome<Uint8Array>> {
  if (format === 'webp') return { ok: true, value: await encodeWebp({ png: source }) };
  try {
    const layout = drawLayout(readLayoutJson(new TextDecoder().decode(source)));
    const encoded = await FROM_LAYOUT[format](layout, naming);
    return { ok: true, value: typeof encoded === 'string' ? new TextEncoder().encode(encoded) : encoded };
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    // Such as a font that has lost a letter.
    const detail = `The picture cannot be drawn in this format any more (${error.message}): make it again.`;
    return { ok: false, code: 'NO_LAYOUT', detail };
  }
}
