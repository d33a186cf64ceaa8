import { describe, expect, it } from 'vitest';
import { ConfigError, describeConfig, loadConfig } from './config.ts';
import { baseUrls, choices, keys, list } from './list-settings.ts';
import { choice, duration, flag, integer, ratio, secret, text } from './settings.ts';

const description = 'for the test';
const settings = {
  port: integer({ env: 'PORT', default: 80, minimum: 0, maximum: 65535, description }),
  grace: duration({ env: 'GRACE', default: '15s', minimumMs: 100, maximumMs: 60_000, description }),
  share: ratio({ env: 'SHARE', default: 0.5, description }),
  on: flag({ env: 'ON', default: false, description }),
  mode: choice({ env: 'MODE', values: ['mono', 'micro'], default: 'mono', description }),
  peers: baseUrls({ env: 'PEERS', default: 'http://127.0.0.1:1', description }),
  registries: choices({ env: 'REGISTRIES', values: ['gossip', 'static'], default: 'gossip', description }),
  seeds: list({ env: 'SEEDS', default: '', description }),
  keys: keys({ env: 'KEYS', description }),
  name: text({ env: 'NAME', default: 'x', description }),
  token: secret({ env: 'TOKEN', minLength: 8, description }),
};

describe('loadConfig', () => {
  it('defaults – where nothing or an empty variable is given', () => {
    expect(loadConfig(settings, { TOKEN: 'long enough', PORT: '' })).toEqual({
      port: 80,
      grace: 15_000,
      share: 0.5,
      on: false,
      mode: 'mono',
      peers: ['http://127.0.0.1:1'],
      registries: ['gossip'],
      seeds: [],
      keys: [],
      name: 'x',
      token: 'long enough',
    });
  });

  it('values – of every kind – are read', () => {
    const key = Buffer.alloc(16, 7);
    const env = {
      ...{ TOKEN: 'long enough', PORT: '0', GRACE: '500ms', SHARE: '.25', ON: 'TRUE', MODE: 'micro' },
      ...{ PEERS: 'http://a:2/, https://b/root', REGISTRIES: ' static,gossip, static', SEEDS: 'a:1, b' },
      KEYS: key.toString('base64'),
    };
    expect(loadConfig(settings, env)).toMatchObject({
      port: 0,
      grace: 500,
      share: 0.25,
      on: true,
      mode: 'micro',
      peers: ['http://a:2', 'https://b/root'],
      registries: ['static', 'gossip'],
      seeds: ['a:1', 'b'],
      keys: [key],
    });
  });

  it('mistakes – all named at once, with value and what is allowed, secrets hidden', () => {
    const env = { TOKEN: 'short', PORT: '70000', GRACE: 'soon', SHARE: '1.5', ON: 'yes', MODE: 'both' };
    const lists = { PEERS: 'http://a:2,b:3', REGISTRIES: 'gossip,carrier pigeon', KEYS: 'c2hvcnQ=' };
    const load = () => loadConfig(settings, { ...env, ...lists });
    expect(load).toThrow(ConfigError);
    expect(load).toThrow('PORT: "70000" is not allowed; give a whole number from 0 to 65535');
    expect(load).toThrow('GRACE: "soon" is not allowed; give a time span');
    expect(load).toThrow('SHARE: "1.5" is not allowed; give a number from 0 to 1');
    expect(load).toThrow('MODE: "both" is not allowed; give one of mono, micro');
    expect(load).toThrow('TOKEN: its value is not allowed; give a secret of at least 8 characters');
    expect(load).toThrow('PEERS: "http://a:2,b:3"');
    expect(load).toThrow('REGISTRIES: "gossip,carrier pigeon" is not allowed; give one or several of gossip, static');
    expect(load).toThrow('KEYS: its value is not allowed; give base64 of 16, 24 or 32 bytes');
    expect(load).not.toThrow('c2hvcnQ=');
    expect(load).toThrow('ON');
    expect(load).not.toThrow('short');
  });

  it('missing – a setting without default – named', () => {
    expect(() => loadConfig(settings, {})).toThrow('TOKEN must be set');
  });

  it('description – secrets are redacted', () => {
    const config = loadConfig(settings, { TOKEN: 'long enough' });
    expect(describeConfig(settings, config)).toMatchObject({ PORT: 80, TOKEN: '[redacted]' });
  });
});
