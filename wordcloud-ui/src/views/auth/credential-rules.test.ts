import { PASSWORD_RULE, USERNAME_RULE } from '@wordcloud/contracts';
import { expect, it } from 'vitest';
import { mistakesOf, PASSWORD, USERNAME } from './credential-rules.ts';

it('rules – those of the contract', () => {
  expect(USERNAME.source).toBe(USERNAME_RULE.pattern);
  expect(PASSWORD).toEqual({ min: PASSWORD_RULE.minLength, max: PASSWORD_RULE.maxLength });
});

it('mistakes – of a new account', () => {
  expect(mistakesOf('ada', 'long enough', true)).toEqual({});
  expect(mistakesOf('小明同学', '一二三四五六七八', true)).toEqual({});
  expect(mistakesOf('-ada', 'short', true)).toEqual({ username: 'usernameRule', password: 'passwordRule' });
  // Eight UTF-16 units, but four characters.
  expect(mistakesOf('ada', '😀😀😀😀', true)).toEqual({ password: 'passwordRule' });
});

it('mistakes – of a sign-in: only what is missing', () => {
  expect(mistakesOf('', '', false)).toEqual({ username: 'usernameMissing', password: 'passwordMissing' });
  expect(mistakesOf('x', '1', false)).toEqual({});
});
