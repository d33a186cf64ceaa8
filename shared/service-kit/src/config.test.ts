import { describe, expect, it } from 'vitest';
import { ConfigError, describeConfig, loadConfig } from './config.ts';
import { choice, duration, flag, integer, origin, secret, text } from './settings.ts';

const description = 'for the test';
const settings = {
  port: integer({ env: 'PORT', default: 80, minimum: 0, maximum: 65535, description }),
  grace: duration({ env: 'GRACE', default: '15s', minimumMs: 100, maximumMs: 60_000, description }),
  on: flag({ env: 'ON', default: false, description }),
  mode: choice({ env: 'MODE', values: ['mono', 'micro'], default: 'mono', description }),
  peer: origin({ env: 'PEER', default: 'http://127.0.0.1:1', description }),
  name: text({ env: 'NAME', default: 'x', description }),
  token: secret({ env: 'TOKEN', minLength: 8, description }),
};

describe('loadConfig', () => {
  it('defaults – where nothing or an empty variable is given', () => {
    expect(loadConfig(settings, { TOKEN: 'long enough', PORT: '' })).toEqual({
      port: 80,
      grace: 15_000,
      on: false,
      mode: 'mono',
      peer: 'http://127.0.0.1:1',
      name: 'x',
      token: 'long enough',
    });
  });

  it('values – of every kind – are read', () => {
    const env = { TOKEN: 'long enough', PORT: '0', GRACE: '500ms', ON: 'TRUE', MODE: 'micro', PEER: 'http://a:2/' };
    expect(loadConfig(settings, env)).toMatchObject({
      port: 0,
      grace: 500,
      on: true,
      mode: 'micro',
      peer: 'http://a:2',
    });
  });

  it('mistakes – all named at once, with value and what is allowed, secrets hidden', () => {
    const env = { TOKEN: 'short', PORT: '70000', GRACE: 'soon', ON: 'yes', MODE: 'both', PEER: 'a:2/x' };
    const load = () => loadConfig(settings, env);
    expect(load).toThrow(ConfigError);
    expect(load).toThrow('PORT: "70000" is not allowed; give a whole number from 0 to 65535');
    expect(load).toThrow('GRACE: "soon" is not allowed; give a time span');
    expect(load).toThrow('MODE: "both" is not allowed; give one of mono, micro');
    expect(load).toThrow('TOKEN: its value is not allowed; give a secret of at least 8 characters');
    expect(load).toThrow('PEER');
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
