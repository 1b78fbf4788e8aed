import { problemOfDatabase } from './sqlstate';

const of = (code: string): [number, string] | null => {
  const problem = problemOfDatabase(Object.assign(new Error('Key (email)=(ana@example.org) already exists'), { code }));
  return problem && [problem.status, problem.code];
};

describe('what PostgreSQL refuses', () => {
  it.each<[string, number, string]>([
    ['23505', 409, 'already-there'], ['23P01', 409, 'already-there'], ['23503', 409, 'still-used'], ['23514', 422, 'bad-input'], ['23502', 422, 'bad-input'],
    ['22021', 422, 'bad-input'], ['22P02', 422, 'bad-input'], ['22003', 422, 'bad-input'], ['22001', 422, 'bad-input'], ['22P05', 422, 'bad-input'], ['22008', 422, 'bad-input'],
    ['40001', 503, 'busy'], ['40P01', 503, 'busy'], ['55P03', 503, 'busy'], ['57014', 503, 'busy'],
    ['08006', 503, 'unavailable'], ['08P01', 503, 'unavailable'], ['53300', 503, 'unavailable'], ['53100', 503, 'unavailable'], ['57P01', 503, 'unavailable'], ['57P03', 503, 'unavailable'],
    ['ECONNREFUSED', 503, 'unavailable'], ['ENOENT', 503, 'unavailable'], ['ECONNRESET', 503, 'unavailable'],
    ['25006', 500, 'internal'], ['42501', 500, 'internal'], ['42703', 500, 'internal'], ['XX000', 500, 'internal'],
  ])('%s is %i %s', (sqlstate, status, code) => expect(of(sqlstate)).toEqual([status, code]));

  it('knows a pool that is full or gone by its words', () => {
    for (const message of ['timeout exceeded when trying to connect', 'Connection terminated unexpectedly', 'Connection terminated due to connection timeout', 'Client has encountered a connection error and is not queryable']) {
      expect(problemOfDatabase(new Error(message))).toMatchObject({ status: 503, code: 'unavailable' });
    }
  });

  it('tells a rule of an owner\'s function by the name of its problem, and nothing that is no name', () => {
    expect(problemOfDatabase(Object.assign(new Error('employer-merged'), { code: 'JA409' }))).toMatchObject({ status: 409, code: 'employer-merged' });
    for (const text of ['Ana Quispe', 'ana@example.org', '']) expect(problemOfDatabase(Object.assign(new Error(text), { code: 'JA409' }))).toMatchObject({ status: 500, code: 'internal' });
  });

  it('leaves other faults alone, and repeats no value', () => {
    for (const other of [new Error('x'), null, undefined, 'text', 4, {}, { code: 42 }, Object.assign(new Error('x'), { code: 'ERR_ASSERTION' })]) expect(problemOfDatabase(other ?? {})).toBeNull();
    expect(JSON.stringify(problemOfDatabase(Object.assign(new Error('Key (email)=(ana@example.org)'), { code: '23505' })))).not.toContain('ana');
  });
});
