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
    expect([percent(genders.male!), percent(genders.female!)]).toEqual([51, 49]);
    const families = count((one) => one.disability);
    expect(['intellectual', 'motor', 'psychosocial', 'visual', 'hearing'].map((one) => percent(families[one]!))).toEqual([40, 18, 17, 13, 12]);
  });

  it('57 of the 273 found a job: 21 %', () => {
    const hired = people.filter((one) => one.jobs.length > 0);
    expect(hired).toHaveLength(57);
    expect(new Set(hired.map((one) => one.pathway))).toEqual(new Set(['employment-advice']));
    expect(Math.round((hired.length / 273) * 100)).toBe(21);
  });

  it('are the same in every build, and bear different names', () => {
    expect(inventPeople()).toEqual(people);
    expect(new Set(people.map((one) => `${one.given} ${one.family}`)).size).toBe(612);
  });

  it('live days that follow each other: referred, admitted, met, hired, and nothing after the world\'s day', () => {
    for (const one of people) {
      expect(one.referred).toBeGreaterThan(one.admitted);
      for (const day of one.contacts) expect(day).toBeLessThan(one.admitted);
      for (const [index, job] of one.jobs.entries()) {
        const before = one.jobs[index - 1];
        if (before) expect(job.after).toBeGreaterThan(before.after + before.lasted!);
        expect(job.after + (job.lasted ?? 0)).toBeLessThan(one.admitted);
        expect(job.end === null).toBe(job.lasted === null);
      }
    }
  });
});
