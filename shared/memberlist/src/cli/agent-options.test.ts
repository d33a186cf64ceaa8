import { describe, expect, it } from 'vitest';
import { parseAgentOptions } from './agent-options.ts';

const parse = (text: string) => parseAgentOptions(text === '' ? [] : text.split(' '));

describe('parseAgentOptions', () => {
  it('every flag – is an option', () => {
    const key = Buffer.alloc(16, 1).toString('base64');
    expect(
      parse(
        `--name a --bind 127.0.0.1:0 --advertise [::1]:80 --join b,c:1 --meta x --weight 4 --key ${key} --label test ` +
          '--preset wan --protocol 3 --delegate-versions 0,3,1 --compress false --verify-incoming false ' +
          '--verify-outgoing true --probe-interval 1 --probe-timeout 2 --gossip-interval 3 --push-pull-interval 4 ' +
          '--rejoin-interval 5 --tcp-timeout 6 --suspicion-mult 7',
      ),
    ).toEqual({
      name: 'a',
      bind: { address: '127.0.0.1', port: 0 },
      advertise: { address: '::1', port: 80 },
      seeds: ['b', 'c:1'],
      meta: 'x',
      weight: 4,
      keys: [Buffer.alloc(16, 1)],
      label: 'test',
      preset: 'wan',
      protocol: 3,
      delegateVersions: { min: 0, max: 3, current: 1 },
      compression: false,
      verifyIncoming: false,
      verifyOutgoing: true,
      probeIntervalMs: 1,
      probeTimeoutMs: 2,
      gossipIntervalMs: 3,
      pushPullIntervalMs: 4,
      rejoinIntervalMs: 5,
      tcpTimeoutMs: 6,
      suspicionMult: 7,
    });
  });

  it.each([
    ['', '--name: a name that is unique in the cluster is wanted'],
    ['--name a --bind x', '--bind is "x": host:port is wanted'],
    ['--name a --bind x:65536', '--bind is "x:65536": host:port is wanted'],
    ['--name a --key AAAA', '--key: 16, 24 or 32 bytes in base64 is wanted'],
    ['--name a --protocol new', '--protocol is "new": a whole number is wanted'],
    ['--name a --compress maybe', '--compress is "maybe": true or false is wanted'],
    ['--name a --delegate-versions 1,2', '--delegate-versions is "1,2": MIN,MAX,CURRENT is wanted'],
    ['--name a --dance', "Unknown option '--dance'"],
  ])('"%s" – refused, with what is wanted', (text, message) => {
    expect(() => parse(text)).toThrowError(message);
  });
});
