// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { recall, remember } from './storage.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

describe('storage', () => {
  it('what is remembered – is recalled until it is forgotten', () => {
    expect(recall('key')).toBeNull();
    remember('key', 'value');
    expect(recall('key')).toBe('value');
    remember('key', null);
    expect(recall('key')).toBeNull();
  });

  it('forbidden, even to be asked for – nothing is kept, and nothing breaks', () => {
    vi.stubGlobal('localStorage', undefined);
    remember('key', 'value');
    remember('key', null);
    expect(recall('key')).toBeNull();
  });

  it('full – nothing is kept, and nothing breaks', () => {
    const full = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    vi.stubGlobal('localStorage', { getItem: () => null, setItem: full, removeItem: full });
    remember('key', 'value');
    expect(recall('key')).toBeNull();
  });
});
