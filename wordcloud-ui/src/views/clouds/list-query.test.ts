import { describe, expect, it } from 'vitest';
import { readListQuery, writeListQuery } from './list-query.ts';

describe('the query of the address', () => {
  it('what was written is read', () => {
    const query = { page: 3, status: 'failed', q: '100% tea' } as const;
    expect(readListQuery(writeListQuery(query) as Record<string, string>)).toEqual(query);
  });

  it('says nothing where everything is as usual', () => {
    expect(writeListQuery({ page: 1, status: undefined, q: '  ' })).toEqual({});
    expect(readListQuery({})).toEqual({ page: 1, status: undefined, q: '' });
  });

  it.each([
    [{ page: '0' }],
    [{ page: '-1' }],
    [{ page: '1.5' }],
    [{ page: 'two' }],
    [{ page: '1e9' }],
    [{ page: null }],
    [{ status: 'parked' }],
    [{ status: '' }],
    [{ q: '   ' }],
  ])('%o – makes no sense and counts as not given', (query) => {
    expect(readListQuery(query)).toEqual({ page: 1, status: undefined, q: '' });
  });

  it('given twice – the first counts', () => {
    expect(readListQuery({ q: ['tea', 'milk'], page: ['2', '3'] })).toMatchObject({ q: 'tea', page: 2 });
  });

  it('a search longer than the API takes – is cut', () => {
    expect(readListQuery({ q: 'x'.repeat(500) }).q).toHaveLength(200);
  });
});
