/** What kind of image it is, by its first bytes; whether it can be decoded shows when it is used. */

const SIGNATURES: [type: string, signature: RegExp][] = [
  // The dot stands for 1A.
  ['image/png', /^\x89PNG\r\n.\n/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/gif', /^GIF8[79]a/],
  ['image/webp', /^RIFF.{4}WEBP/s],
  // Two letters alone could begin a text; four reserved bytes are zero.
  ['image/bmp', /^BM.{4}\0{4}/s],
];

/** @returns the media type, or undefined for what is no image that a mask may be */
export function imageType(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  return SIGNATURES.find(([, signature]) => signature.test(head))?.[0];
}
