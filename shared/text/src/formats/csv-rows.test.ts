import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRows } from './csv-rows.ts';

describe('parseRows', () => {
  it.each([
    [
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['a;b', [['a;b']]],
    [
      '"a, b",c\r\n\r\n"d ""e""\nf",',
      [
        ['a, b', 'c'],
        ['d "e"\nf', ''],
      ],
    ],
    ['a "b" c,"d" e', [['a "b" c', '"d" e']]],
    ['a\rb', [['a'], ['b']]],
    ['""', []],
    ['', []],
    [',', [['', '']]],
  ])('%j', (source, rows) => {
    expect(parseRows(source, ',', true)).toEqual(rows);
  });

  it('a quote that never ends – says so; without quotes it is a letter', () => {
    expect(parseRows('a,"b\nc', ',', true)).toBeUndefined();
    expect(parseRows('a,"b\nc', ',', false)).toEqual([['a', '"b'], ['c']]);
  });

  it('what a program writes – is what csv-parse reads', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', ' ', ',', '"', '\n', '\r\n', '茶') });
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (table) => {
        const source = table.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')).join('\n');
        expect(parseRows(source, ',', true)).toEqual(table);
        expect(parseRows(source, ',', true)).toEqual(
          parse(source, { relax_column_count: true, record_delimiter: '\n' }),
        );
      }),
    );
  });
});
