import { Semaphore } from './semaphore';

describe('a semaphore', () => {
  it('lets two run, some wait, and refuses the rest', async () => {
    const semaphore = new Semaphore(2, 3, () => new Error('full'));
    let running = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
    };
    const all = await Promise.allSettled(Array.from({ length: 7 }, () => semaphore.run(work)));
    expect(most).toBe(2);
    expect(all.filter(({ status }) => status === 'rejected')).toHaveLength(2);
    await semaphore.run(work);
    expect(running).toBe(0);
  });

  it('gives the place back after a failure', async () => {
    const semaphore = new Semaphore(1, 0, () => new Error('full'));
    await expect(semaphore.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(semaphore.run(() => Promise.resolve('yes'))).resolves.toBe('yes');
  });
});
