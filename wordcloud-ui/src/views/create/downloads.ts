/** What a picture can be taken away as. */

export interface Download {
  /** Under which its name and its hint are, `cloud.save.formats` and `cloud.save.hints`. */
  name: string;
  /** The file of the cloud at the server. */
  file: string;
  /** Of the file's name, without a dot. */
  ending: string;
}

/** @param formats as the server announces them. @returns each of them; SVG also with its words as text */
export function downloadsOf(formats: readonly string[]): Download[] {
  return formats.flatMap((format) => {
    const plain = { name: format, file: `image.${format}`, ending: format };
    return format === 'svg' ? [plain, { name: 'svgText', file: 'image.svg?text=1', ending: 'text.svg' }] : [plain];
  });
}
