import { expect, it } from 'vitest';
import { readConfig } from './config.ts';

it('readConfig – defaults, several bffs', () => {
  expect(readConfig({})).toMatchObject({ port: 3100, bffAddresses: ['http://127.0.0.1:6060'], trustProxy: '' });
  expect(readConfig({ BFFSVC: 'http://a:1,http://b:2/' }).bffAddresses).toEqual(['http://a:1', 'http://b:2']);
});

it('readConfig – mistakes are named', () => {
  expect(() => readConfig({ GDD_PORT: 'x', BFFSVC: 'b:2' })).toThrow(/GDD_PORT.*\n.*BFFSVC/);
  expect(() => readConfig({ BFFSVC: 'http://b:2/path' })).toThrow('addresses without a path');
});
