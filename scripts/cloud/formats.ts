/** The formats that a cloud can be written in. */
import { extname } from 'node:path';
import { type Cloud, encodeHtml, encodePdf, encodeSvgWithFont, encodeWebp, layoutJson } from '@wordcloud/cloud';

/** Of a whole picture. */
export interface Naming {
  title: string;
  /** In SVG: text with an embedded font instead of outlines. */
  hasText: boolean;
}

type Writer = (cloud: Cloud, naming: Naming) => Uint8Array | string | Promise<Uint8Array | string>;

/** By the ending of the file's name. */
export const FORMATS = {
  png: { isBinary: true, write: (cloud) => cloud.png },
  svg: { isBinary: false, write: (cloud, { hasText }) => (hasText ? encodeSvgWithFont(cloud) : cloud.svg()) },
  pdf: { isBinary: true, write: (cloud, { title }) => encodePdf(cloud, { title }) },
  webp: { isBinary: true, write: encodeWebp },
  html: { isBinary: false, write: (cloud, { title }) => encodeHtml(cloud, { title }) },
  json: { isBinary: false, write: layoutJson },
} as const satisfies Record<string, { isBinary: boolean; write: Writer }>;
export type Format = keyof typeof FORMATS;

/** The ending, without its dot and in lower case. */
export const formatOf = (path: string): string => extname(path).slice(1).toLowerCase();

export const isFormat = (name: string): name is Format => Object.hasOwn(FORMATS, name);

export async function encode(cloud: Cloud, format: Format, naming: Naming): Promise<Uint8Array> {
  const write: Writer = FORMATS[format].write;
  const written = await write(cloud, naming);
  return typeof written === 'string' ? Buffer.from(written) : written;
}
