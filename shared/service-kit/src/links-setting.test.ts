import { describe, expect, it } from 'vitest';
import { namedLinks } from './links-setting.ts';

const { parse } = namedLinks({ env: 'CONSOLES', description: '' });

describe('namedLinks', () => {
  it('names and addresses, with spaces and an address that has an equals sign', () => {
    expect(parse('Grafana=http://localhost:3000, Traces = http://localhost:1?a=b')).toBeUndefined();
    expect(parse(' Grafana=http://localhost:3000, Traces=http://localhost:16686/search?a=b,')).toEqual([
      { name: 'Grafana', url: 'http://localhost:3000' },
      { name: 'Traces', url: 'http://localhost:16686/search?a=b' },
    ]);
    expect(parse('')).toEqual([]);
  });

  it.each(['Grafana', '=http://localhost', 'Grafana=javascript:alert(1)', 'Grafana=http://'])(
    '%s – refused',
    (text) => {
      expect(parse(text)).toBeUndefined();
    },
  );
});
