import { describe, expect, it } from 'vitest';
import { createI18n } from 'vue-i18n';
import { ApiError } from '@/api/api-error.ts';
import { errors as en } from '@/i18n/en/errors.ts';
import { errors as zh } from '@/i18n/zh/errors.ts';
import { errorSentence, errorWords, type Translator } from './error-words.ts';

const translator = (locale: 'en' | 'zh') =>
  createI18n({ legacy: false, locale, messages: { en: { errors: en }, zh: { errors: zh } } }).global as Translator;

const failure = (code: string, more: object = {}) =>
  new ApiError({ status: 400, code, detail: 'As the server says.', ...more });

describe('errorWords', () => {
  it('known code – in the language of the page', () => {
    expect(errorWords(failure('TOO_LARGE'), translator('en')).text).toBe(en.TOO_LARGE);
    expect(errorWords(failure('TOO_LARGE'), translator('zh')).text).toBe(zh.TOO_LARGE);
  });

  it('new code – what the server says', () => {
    expect(errorWords(failure('NEWER_THAN_THIS_PAGE'), translator('zh')).text).toBe('As the server says.');
  });

  it('too fast – says when to try again', () => {
    const soon = failure('RATE_LIMITED', { status: 429, retryAfterSeconds: 1 });
    expect(errorSentence(soon, translator('en'))).toBe('That was a little fast. Try again in 1 second.');
    const later = failure('TOO_MANY_ATTEMPTS', { status: 429, retryAfterSeconds: 900 });
    expect(errorSentence(later, translator('en'))).toBe('Too many wrong attempts. Try again in 15 minutes.');
    expect(errorSentence(later, translator('zh'))).toBe('错误次数过多。 请在 15 分钟后重试。');
  });

  it('broken rules – named one by one', () => {
    const errors = [{ field: 'top', allowed: 'a whole number from 1 to 2000' }];
    expect(errorWords(failure('INVALID_INPUT', { errors }), translator('en')).fields).toEqual([
      'top: a whole number from 1 to 2000',
    ]);
  });

  it('number of the request – only for failures of the system', () => {
    expect(errorWords(failure('NOT_FOUND', { requestId: 'x' }), translator('en')).requestId).toBeUndefined();
    expect(errorWords(failure('INTERNAL', { status: 500, requestId: 'x' }), translator('en')).requestId).toBe('x');
  });

  it('an error of the page itself – in words, too', () => {
    expect(errorWords(new TypeError('x is undefined'), translator('en')).text).toBe(en.UNKNOWN);
  });
});
