import { describe, expect, it } from 'vitest';
import { authorityOf, instanceAddress } from './instance-address.ts';

describe('instanceAddress', () => {
  it.each([
    ['http://10.0.0.1:6060', 'http', '10.0.0.1', 6060, '', '10.0.0.1:6060'],
    ['http://seg:6060/root/seg', 'http', 'seg', 6060, '/root/seg', 'seg:6060'],
    ['https://seg.example/', 'https', 'seg.example', 443, '', 'seg.example:443'],
    ['http://seg', 'http', 'seg', 80, '', 'seg:80'],
    ['http://[2001:db8::1]:6060', 'http', '2001:db8::1', 6060, '', '[2001:db8::1]:6060'],
    ['http://user:pass@seg:1/x', 'http', 'seg', 1, '/x', 'seg:1'],
  ])('%s – its parts', (baseUrl, scheme, host, port, rootPath, authority) => {
    const address = instanceAddress(baseUrl)!;
    expect(address).toEqual({ scheme, host, port, rootPath });
    expect(authorityOf(address)).toBe(authority);
  });

  it.each([['javascript:alert(1)'], ['http://a b:1'], ['http://:1'], ['seg:6060'], ['']])('%s – none', (baseUrl) => {
    expect(instanceAddress(baseUrl)).toBeUndefined();
  });
});
