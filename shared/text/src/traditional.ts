/** Traditional Chinese read with a simplified dictionary: folded for looking up, never for showing. */
import { TRADITIONAL_PAIRS } from './traditional-pairs.ts';

let table: Uint16Array | undefined;

/** By UTF-16 unit: what to read it as; 0 for itself. Every pair is in the basic plane. */
function tableOf(): Uint16Array {
  if (table === undefined) {
    table = new Uint16Array(0x10000);
    const units = TRADITIONAL_PAIRS.replace(/\s/g, '');
    for (let i = 0; i + 1 < units.length; i += 2) table[units.charCodeAt(i)] = units.charCodeAt(i + 1);
  }
  return table;
}

/** @returns the text in simplified characters, unit for unit, so that places in one are places in the other */
export function toSimplified(text: string): string {
  const simplified = tableOf();
  let folded = '';
  let done = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = simplified[text.charCodeAt(i)]!;
    if (unit === 0) continue;
    folded += text.slice(done, i) + String.fromCharCode(unit);
    done = i + 1;
  }
  return done === 0 ? text : folded + text.slice(done);
}
