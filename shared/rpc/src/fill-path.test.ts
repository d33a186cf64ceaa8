import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillPath } from './fill-path.ts';

describe('fillPath', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>, string]>([
    ['/tasks', {}, {}, '/tasks'],
    ['/tasks/:taskId', { taskId: 'a/b' }, {}, '/tasks/a%2Fb'],
    ['/t/:id/attempts/:attempt/progress', { id: 'x', attempt: 3 }, {}, '/t/x/attempts/3/progress'],
    ['/c/:id/image.:format', { id: 'x', format: 'png' }, {}, '/c/x/image.png'],
    ['/tasks', {}, { ownerId: 'u', q: undefined, page: 0, flag: false }, '/tasks?ownerId=u&page=0&flag=false'],
    ['/tasks', {}, { q: 'a b&c=ü' }, '/tasks?q=a+b%26c%3D%C3%BC'],
    ['/tasks', {}, { id: ['a', 'b'], none: [] }, '/tasks?id=a&id=b'],
  ])('%s with %j and %j – %s', (pattern, params, query, path) => {
    expect(fillPath(pattern, params, query)).toBe(path);
  });

  it('a parameter is missing – says which', () => {
    expect(() => fillPath('/tasks/:taskId', {})).toThrow('no value for parameter "taskId" of /tasks/:taskId');
  });

  it('any values – never leave their segment or their field, and can be read back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'grapheme' }), (id, q) => {
        fc.pre(id.isWellFormed() && q.isWellFormed() && !['.', '..'].includes(id));
        const url = new URL(fillPath('/tasks/:id/x', { id }, { q }), 'http://host');
        expect(url.pathname.split('/').map(decodeURIComponent)).toEqual(['', 'tasks', id, 'x']);
        expect([...url.searchParams]).toEqual([['q', q]]);
      }),
    );
  });
});
