import { describe, expect, it } from 'vitest';
import { extractText } from './extract-text.ts';

const textOf = async (source: string | Uint8Array, filename: string) =>
  (await extractText(typeof source === 'string' ? Buffer.from(source) : source, { filename })).text;

describe('Markdown', () => {
  it('markers, targets and front matter go, words and code stay', async () => {
    const { text, title, format } = await extractText(
      Buffer.from(
        '---\ntitle: "The log"\ntags: [x]\n---\n# Light *house*\n\nThe **keep**er sees [ships](http://a.example/b "t") and [lamps][1], `code_x` ![alt](p.png).\n\n```ts\nlet lamp = 1;\n\n# no heading\n```\n\n- [x] one\n- two\n\n| Ship | Crew |\n|------|------|\n| Swan | ten  |\n\n> 灯塔的**看守**人\n\n<div>html &amp; <script>no()</script></div>\n\n[1]: https://example.org/lamps\n',
      ),
      { filename: 'log.md' },
    );
    expect({ title, format }).toEqual({ title: 'The log', format: 'md' });
    expect(text.split(/\s*\n\s*/)).toEqual([
      'Light house',
      'The keeper sees ships and lamps, code_x .',
      'let lamp = 1;',
      '# no heading',
      'one',
      'two',
      'Ship\tCrew',
      'Swan\tten',
      '灯塔的看守人',
      'html &',
    ]);
  });

  it.each(['>', '> ', '_a', '[', 'a**b', '- ', '<a ', '`', '[a]: b\n', '![', '~~~\n'])(
    'a hundred thousand times %j – within seconds',
    async (unit) => {
      const started = performance.now();
      await textOf(unit.repeat(100_000 / unit.length), 'hostile.md');
      expect(performance.now() - started).toBeLessThan(5000);
    },
  );
});

describe('CSV', () => {
  it('headings, quotes and delimiters go', async () => {
    expect(await textOf('name,notes,year\n"Swan, the","a ""fine"" ship\nof oak",1871\nGull,,1902\n', 'ships.csv')).toBe(
      'Swan, the\ta "fine" ship\nof oak\t1871\nGull\t1902',
    );
  });

  it.each([
    [';', 'semicolon'],
    ['\t', 'tab'],
    ['|', 'bar'],
  ])('%j – found by itself', async (delimiter) => {
    const rows = [
      ['灯塔', '港口, 城市'],
      ['船只', '渔民'],
    ];
    const source = rows.map((row) => row.join(delimiter)).join('\r\n');
    expect(await textOf(source, 'list.tsv')).toBe(rows.map((row) => row.join('\t')).join('\n'));
  });

  it('no headings – the first row stays', async () => {
    expect(await textOf('red,apple\ngreen,pear\nred,cherry\n', 'fruit.csv')).toContain('apple');
  });

  it('a quote that never ends – is a character', async () => {
    expect(await textOf('a,"b\nc,d\n', 'broken.csv')).toBe('a\t"b\nc\td');
  });

  it('in GB18030 – decoded', async () => {
    const bytes = Buffer.from('b5c6cbfeb5c4bfb4cad8c8cb2cb8dbbfdab5c4d3e6c3f1', 'hex');
    const { text, encoding } = await extractText(bytes, { type: 'text/csv' });
    expect({ text, encoding }).toEqual({ text: '灯塔的看守人\t港口的渔民', encoding: 'gb18030' });
  });
});

describe('subtitles', () => {
  it('SubRip – numbers, times and markup go; known without a name', async () => {
    const source =
      '\ufeff1\r\n00:00:01,000 --> 00:00:02,500 X1:1\r\n<i>The keeper</i>\r\n{\\an8}waits.\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\n1984\r\n\r\n3\r\n00:00:05,000 --> 00:00:06,000\r\n<font color="red">灯塔</font>亮了。\r\n';
    expect(await extractText(Buffer.from(source))).toMatchObject({
      format: 'srt',
      text: 'The keeper\nwaits.\n1984\n灯塔亮了。',
    });
  });

  it('WebVTT – notes, styles, names of cues and voices go', async () => {
    const source =
      'WEBVTT - title\n\nNOTE no\nwords\n\nSTYLE\n::cue { color: red }\n\nintro\n00:01.000 --> 00:02.000 line:0\n<v Ann>Ships &amp; <c.loud>lamps</c></v>\n\n00:00:03.000 --> 00:00:04.000\nla la\n\n00:00:05.000 --> 00:00:06.000\nla la\n';
    expect(await extractText(Buffer.from(source))).toMatchObject({
      format: 'vtt',
      text: 'Ships & lamps\nla la\nla la',
    });
  });

  it('captions that roll – each line once', async () => {
    const source =
      'WEBVTT\n\n00:01.000 --> 00:02.000\nthe<00:00:01.500><c> keeper</c>\n\n00:02.000 --> 00:03.000\nthe keeper\nlights<00:00:02.500><c> it</c>\n';
    expect(await textOf(source, 'a.vtt')).toBe('the keeper\nlights it');
  });
});

describe('plain text', () => {
  it('stays as it is, whatever it speaks of', async () => {
    const text = 'A text about %PDF-1.7 files, <html> and\n1\n00:00 --> later.\n';
    expect(await extractText(Buffer.from(text), { filename: 'notes.pdf' })).toEqual({
      text,
      format: 'txt',
      encoding: 'utf-8',
      title: null,
    });
  });
});
