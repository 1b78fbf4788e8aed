import { MONTHS } from '../../modules/retention';
import { Stream } from '../streams';
import { inventWork } from './jobs';
import { inventPeople, PUBLISHED, type InventedPerson } from './people';

const people = inventPeople();
const count = (by: (one: InventedPerson) => string): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const one of people) counts[by(one)] = (counts[by(one)] ?? 0) + 1;
  return counts;
};
/** As a report prints it: whole per cent. */
const percent = (part: number): number => Math.round((part / people.length) * 100);

describe('the people of the world CJEI', () => {
  it('are as many as published, on each pathway, by gender and by disability', () => {
    expect(people).toHaveLength(PUBLISHED.people);
    expect(count((one) => one.pathway)).toEqual({ orientation: 217, 'employment-advice': 273, entrepreneurship: 122 });
    const genders = count((one) => one.gender);
    expect(genders).toEqual({ male: 312, female: 300 });
    expect([percent(genders.male!), percent(genders.female!)]).toEqual([51, 49]);
    const families = count((one) => one.disability);
    expect(['intellectual', 'motor', 'psychosocial', 'visual', 'hearing'].map((one) => percent(families[one]!))).toEqual([40, 18, 17, 13, 12]);
  });

  it('57 of the 273 found a job: 21 %', () => {
    const hired = people.filter((one) => one.work !== null);
    expect(hired).toHaveLength(57);
    expect(new Set(hired.map((one) => one.pathway))).toEqual(new Set(['employment-advice']));
    expect(Math.round((hired.length / 273) * 100)).toBe(21);
  });

  it('are the same in every build, and bear different names', () => {
    expect(inventPeople()).toEqual(people);
    expect(new Set(people.map((one) => `${one.given} ${one.family}`)).size).toBe(612);
  });

  it('are told by streams of their own: what became of one is asked without the others, and in any order', () => {
    for (const { number, site, admitted, work } of people.filter((one) => one.work).reverse()) expect(inventWork((question) => new Stream(`cjei|${question}|${number}`), site, admitted)).toEqual(work);
  });

  it('are young, a few of them not of age, and some older', () => {
    const between = (from: number, to: number): number => people.filter(({ age }) => age >= from && age <= to).length;
    expect(between(15, 17)).toBeGreaterThan(15);
    expect(between(18, 29)).toBeGreaterThan(500);
    expect(between(30, 36)).toBeGreaterThan(25);
    expect(between(15, 36)).toBe(612);
  });

  it('keep their jobs, lose them, go on to others, and cannot all be reached', () => {
    const jobs = people.flatMap((one) => one.work?.jobs ?? []);
    expect(jobs.some((one) => one.lasted === null)).toBe(true);
    expect(new Set(jobs.flatMap((one) => one.end?.reason ?? []))).toEqual(new Set(['better-job', 'transport', 'term', 'economic', 'health']));
    const gaps = people.flatMap(({ work }) => (work && work.jobs[1] ? [work.jobs[1].after - work.jobs[0]!.after - work.jobs[0]!.lasted!] : []));
    expect(gaps.filter((days) => days <= 30).length).toBeGreaterThan(0);
    const said = jobs.flatMap((one) => one.followUps.map((followUp) => followUp.said));
    expect(new Set(said)).toEqual(new Set(['at-work', 'absent', 'unknown', 'refused', null]));
    for (const { followUps } of jobs) expect(followUps.map(({ month }) => month)).toEqual([...MONTHS]);
  });

  it('live days that follow each other: referred, admitted, met, hired, and nothing after the world\'s day', () => {
    for (const one of people) {
      expect(one.referred).toBeGreaterThan(one.admitted);
      for (const day of one.contacts) expect(day).toBeLessThan(one.admitted);
      for (const [index, job] of (one.work?.jobs ?? []).entries()) {
        const before = (one.work?.jobs ?? [])[index - 1];
        if (before) expect(job.after).toBeGreaterThanOrEqual(before.after + before.lasted!);
        expect(job.after + (job.lasted ?? 0)).toBeLessThan(one.admitted);
        expect(job.end === null).toBe(job.lasted === null);
      }
    }
  });
});
