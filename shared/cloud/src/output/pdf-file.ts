/** The file structure of PDF 1.7 (ISO 32000-1, section 7.5): numbered objects, a table of where they are, a trailer. */
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';

/** Number of an object. Write it as `${number} 0 R` to refer to it. */
export type ObjectNumber = number;

export class PdfFile {
  private readonly objects: (Buffer | undefined)[] = [];

  /** A number for an object that is written later, for circles. */
  reserve(): ObjectNumber {
    return this.objects.push(undefined);
  }

  add(body: string, number: ObjectNumber = this.reserve()): ObjectNumber {
    this.objects[number - 1] = Buffer.from(body, 'latin1');
    return number;
  }

  /** @param entries of its dictionary, without length and filter */
  addStream(entries: string, data: Uint8Array | string): ObjectNumber {
    const packed = deflateSync(typeof data === 'string' ? Buffer.from(data, 'latin1') : data);
    const head = `<<${entries}/Filter/FlateDecode/Length ${packed.length}>>\nstream\n`;
    const number = this.reserve();
    this.objects[number - 1] = Buffer.concat([Buffer.from(head, 'latin1'), packed, Buffer.from('\nendstream')]);
    return number;
  }

  /** No dates and no chance: the same objects give the same bytes. */
  end(catalog: ObjectNumber, info: ObjectNumber): Uint8Array {
    // The four bytes above 127 tell programs that copy files that this is not text.
    const parts = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
    let at = parts[0]!.length;
    const places = this.objects.map((object, index) => {
      const part = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object!, Buffer.from('\nendobj\n')]);
      parts.push(part);
      at += part.length;
      return at - part.length;
    });
    const id = createHash('sha256').update(Buffer.concat(parts)).digest('hex').slice(0, 32);
    const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`);
    const size = places.length + 1;
    parts.push(
      Buffer.from(
        `xref\n0 ${size}\n0000000000 65535 f \n${table.join('')}trailer\n<</Size ${size}/Root ${catalog} 0 R/Info ${info} 0 R/ID[<${id}><${id}>]>>\nstartxref\n${at}\n%%EOF\n`,
      ),
    );
    return Buffer.concat(parts);
  }
}

/** A string of any letters: UTF-16 with a byte order mark, as hexadecimal digits. Half of a pair becomes U+FFFD. */
export const pdfText = (text: string): string => `<feff${utf16(text)}>`;

export function utf16(text: string): string {
  return Buffer.from(text.toWellFormed(), 'utf16le').swap16().toString('hex');
}

/** At most so many decimals, and never an exponent. */
export const pdfNumber = (value: number, digits = 3): string => String(Number(value.toFixed(digits)));
