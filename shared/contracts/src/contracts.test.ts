import Value from 'typebox/value';
import { describe, expect, it } from 'vitest';
import {
  bffContract,
  CloudOptions,
  CloudOptionsInput,
  type Contract,
  checkOptionsTogether,
  DEFAULT_OPTIONS,
  DEFAULT_PORTS,
  ERRORS,
  isErrorCode,
  isProblem,
  makerContract,
  objectKeys,
  ProblemError,
  SERVICE_NAMES,
  segContract,
  TaskId,
  taskContract,
  toProblem,
  userContract,
} from './index.ts';

const contracts: Contract[] = [bffContract, userContract, taskContract, segContract, makerContract];
const operations = contracts.flatMap(({ service, operations }) =>
  Object.entries(operations).map(([id, operation]) => ({ service, id, operation })),
);

describe('contracts', () => {
  it('every service – has one, a name and a port of its own', () => {
    expect(contracts.map(({ service }) => service).sort()).toEqual([...SERVICE_NAMES].sort());
    expect(new Set(Object.values(DEFAULT_PORTS)).size).toBe(SERVICE_NAMES.length);
  });

  it('method and path – are unique in a service', () => {
    const routes = operations.map(({ service, operation: { method, path } }) => `${service} ${method} ${path}`);
    expect(new Set(routes).size).toBe(routes.length);
  });

  it.each(operations)('$service $id – errors that exist, parameters that fit, sane times', ({ operation }) => {
    for (const code of operation.errors) expect(isErrorCode(code), code).toBe(true);
    expect(new Set(operation.errors).size).toBe(operation.errors.length);
    const inPath = [...operation.path.matchAll(/:(\w+)/g)].map(([, name]) => name!);
    expect(Object.keys(operation.params?.properties ?? {}).sort()).toEqual(inPath.sort());
    expect(operation.status).toBeGreaterThanOrEqual(200);
    expect(operation.status).toBeLessThan(300);
    expect(operation.status === 204).toBe(operation.reply === undefined && operation.produces === undefined);
    expect(operation.timeoutMs).toBeGreaterThan(0);
    if (operation.method === 'GET') expect(operation).toMatchObject({ idempotent: true });
    if (operation.method === 'GET') expect(operation.body).toBeUndefined();
  });

  it('long polls – time out later than the longest wait', () => {
    for (const { operation } of operations) {
      const waiting = (operation.query ?? operation.body) as { properties?: Record<string, { maximum?: number }> };
      const most = waiting?.properties?.waitMs?.maximum;
      if (most !== undefined) expect(operation.timeoutMs).toBeGreaterThan(most);
    }
  });
});

describe('options', () => {
  it('the defaults – are complete, allowed, and what the API says', () => {
    expect(Value.Check(CloudOptions, DEFAULT_OPTIONS)).toBe(true);
    expect(Object.keys(DEFAULT_OPTIONS).sort()).toEqual(Object.keys(CloudOptions.properties).sort());
    expect(DEFAULT_OPTIONS).toMatchObject({ lang: 'auto', top: 200, width: 1200, height: 800 });
    expect(Object.isFrozen(DEFAULT_OPTIONS)).toBe(true);
  });

  it('what a user sends – any of them, nothing else', () => {
    expect(Value.Check(CloudOptionsInput, {})).toBe(true);
    for (const [name, value] of Object.entries(DEFAULT_OPTIONS)) {
      expect(Value.Check(CloudOptionsInput, { [name]: value }), name).toBe(true);
    }
    for (const right of [
      { margin: 0 },
      { margin: 2.5 },
      { contourColor: '#aB1234' },
      { shapeText: '🐳' },
      { angles: [-90, 7.5] },
    ]) {
      expect(Value.Check(CloudOptionsInput, right), JSON.stringify(right)).toBe(true);
    }
    for (const wrong of [
      { colour: 'red' },
      { top: 0 },
      { background: '#fff' },
      { background: 'x#ffffff' },
      { margin: -1 },
      { margin: '3' },
      { maxFontSize: 9000 },
      { contourColor: 'transparent' },
      { shapeText: '' },
      { shapeText: 'x'.repeat(21) },
      { angles: [91] },
      { angles: Array.from({ length: 65 }, () => 1) },
      { dictionary: [''] },
      { strict: 'true' },
      { scale: 9 },
    ]) {
      expect(Value.Check(CloudOptionsInput, wrong), JSON.stringify(wrong)).toBe(false);
    }
  });
});

describe('options together', () => {
  const check = (options: Partial<CloudOptions>, hasMask = false) =>
    checkOptionsTogether({ ...DEFAULT_OPTIONS, ...options }, hasMask);

  it('as long as they fit each other – nothing to say', () => {
    check({});
    check({ width: 2048, height: 64, scale: 2 });
    check({ colorBy: 'image' }, true);
    check({ minFontSize: 20, maxFontSize: 20 });
    check({ minFontSize: null, maxFontSize: 2 });
  });

  it.each<[Partial<CloudOptions>, string, RegExp]>([
    [{ width: 1200, height: 1400, scale: 3 }, 'scale', /a whole number from 1 to 2 at 1200 × 1400/],
    [{ colorBy: 'image' }, 'colorBy', /image only with a mask/],
    [{ minFontSize: 30, maxFontSize: 20 }, 'maxFontSize', /no less than minFontSize, 30/],
  ])('%j – refused with field, value and what is allowed', (options, field, allowed) => {
    const value = options[field as keyof CloudOptions];
    expect(() => check(options)).toThrow(
      expect.objectContaining({
        code: 'INVALID_INPUT',
        message: expect.stringMatching(allowed),
        errors: [{ field, value, allowed: expect.stringMatching(allowed) }],
      }),
    );
  });
});

describe('errors', () => {
  it.each(Object.entries(ERRORS))('%s – a status of an error and a title', (code, { status, title }) => {
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(title.length).toBeGreaterThan(5);
  });

  it('isErrorCode – only codes of the catalogue', () => {
    for (const other of ['constructor', 'toString', '', undefined, 5, 'not_found'])
      expect(isErrorCode(other)).toBe(false);
  });

  it('a problem – RFC 9457, with what the error knows', () => {
    const cause = new Error('hidden');
    const errors = [{ field: 'top', allowed: 'more' }];
    const error = new ProblemError('INVALID_INPUT', 'top: is wrong.', { cause, errors, sent: false });
    expect(error).toMatchObject({ name: 'ProblemError', status: 400, sent: false, cause });
    expect(new ProblemError('NOT_FOUND', 'no').sent).toBe(true);
    expect(toProblem(error, 'r')).toEqual({
      type: 'urn:wordcloud:error:INVALID_INPUT',
      title: ERRORS.INVALID_INPUT.title,
      status: 400,
      code: 'INVALID_INPUT',
      detail: 'top: is wrong.',
      requestId: 'r',
      errors,
    });
  });

  it('isProblem – ours, optionally with one of these codes', () => {
    const error = new ProblemError('NOT_FOUND', 'no');
    expect(isProblem(error)).toBe(true);
    expect(isProblem(error, 'NOT_READY', 'NOT_FOUND')).toBe(true);
    expect(isProblem(error, 'NOT_READY')).toBe(false);
    expect(isProblem({ code: 'NOT_FOUND' })).toBe(false);
  });
});

describe('object keys', () => {
  it('of one task – all under its prefix, of one attempt under the attempt', () => {
    const id = '0192f000-0000-7000-8000-000000000000';
    expect(Value.Check(TaskId, id)).toBe(true);
    for (const bad of ['../x', `${id}/`, id.toUpperCase().replace('F', 'G'), ''])
      expect(Value.Check(TaskId, bad)).toBe(false);
    const ofAttempt = [objectKeys.png(id, 2), objectKeys.svg(id, 2), objectKeys.words(id, 2)];
    for (const key of ofAttempt) expect(key.startsWith(objectKeys.attempt(id, 2))).toBe(true);
    for (const key of [objectKeys.source(id), objectKeys.mask(id), objectKeys.attempt(id, 2)]) {
      expect(key.startsWith(objectKeys.prefix(id))).toBe(true);
    }
    expect(objectKeys.attempt(id, 12).startsWith(objectKeys.attempt(id, 1))).toBe(false);
  });
});
