import fc from 'fast-check';
import type { KnownPerson } from '../../participants';
import { languageOf, targetsOf } from '../reading/targets';
import { readRow, type Reading } from '../reading/rows';
import { Decisions, OUTCOMES, type Ground } from './decision';
import { People } from './people';

const HEADERS = ['Nom', 'Prénom', 'Date de naissance', 'Sexe', 'Handicap', 'RQTH', 'Fin RQTH', 'Voie', 'Entrée', 'Job coach', 'Ville', 'Tél', 'Statut', 'Commentaire'];
const reading: Reading = {
  targets: targetsOf(HEADERS), headers: HEADERS, language: languageOf(HEADERS), births: { order: 'day-first', lastYear: 2026 }, days: { order: 'day-first', lastYear: 2046 }, words: new Map(), answers: {}, today: '2026-03-02',
};
const ground: Ground = {
  coachId: '01a20000-0000-7000-8000-000000000001', coaches: [], coachAnswers: {}, operationId: '01a20000-0000-7000-8000-000000000002', pathway: null, open: new Set(['employment-advice', 'orientation']), source: 'other', country: 'FR', faultsOf: () => [],
};
const told = (givenNames: string, familyNames: string, bornOn: string | null, phones: string[] = [], bornPrecision = bornOn ? 'day' : 'unknown'): Omit<KnownPerson, 'id' | 'bornPrecision'> & { bornPrecision: string } => ({ givenNames, familyNames, bornOn, bornPrecision, phones });

describe('a register decided on', () => {
  it('loses no row and never throws: each is exactly one of the five', () => {
    const cell = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('', 'Núñez', 'NUNEZ', 'Lucía', 'Lucia', '04/03/1997', '4/3/97', '43355', '00/00/0000', '31/02/2018', '2019', 'F', 'M', 'Mental', 'moteur', 'oui', 'non', 'en cours', 'conseil emploi', 'orientation', 'ABE', 'Lyon', '06 12 34 56 78', '=cmd', '@x', 'TOTAL', 'Nom', 'terminé', '\u0000', '\u202e') },
      { weight: 1, arbitrary: fc.string({ maxLength: 30, unit: 'binary' }) },
    );
    fc.assert(fc.property(fc.array(fc.array(cell, { maxLength: 16 }), { maxLength: 30 }), (rows) => {
      const decisions = new Decisions(ground);
      const outcomes = rows.map((cells, index) => decisions.decide(index + 2, readRow(cells, reading), null, null));
      expect(outcomes).toHaveLength(rows.length);
      for (const { outcome, says, intake } of outcomes) {
        expect(OUTCOMES).toContain(outcome);
        expect(intake !== null).toBe(outcome === 'new' || outcome === 'repaired');
        if (outcome === 'refused') expect(says.some(({ as }) => as === 'refusal')).toBe(true);
        if (outcome === 'repaired') expect(says.length).toBeGreaterThan(0);
        if (outcome === 'new') expect(says).toEqual([]);
      }
    }), { numRuns: 500 });
  });

  it('says the same of a row that stands there twice, whatever its capitals, accents and order', () => {
    const decisions = new Decisions(ground);
    const decide = (line: number, ...cells: string[]): string => {
      const { outcome, says } = decisions.decide(line, readRow([...cells, ...Array<string>(14 - cells.length).fill('')], reading), null, null);
      return [outcome, ...says.filter(({ as }) => as !== 'repair').map(({ what, line: at }) => `${what} ${at ?? ''}`.trim())].join(' ');
    };
    expect(decide(2, 'Núñez', 'Lucía', '04/03/1997', 'F')).toBe('repaired');
    expect(decide(3, 'NUNEZ', 'lucia', '1997-03-04', 'femme')).toBe('same same-line 2');
    expect(decide(4, 'Lucia', 'Nunez', '4/3/97')).toBe('same same-line 2');
    expect(decide(5, 'Núñez', 'Lucía', '04/03/1997', 'M')).toBe('refused second-line 2');
    expect(decide(6, 'Núñez', 'Lucía', '05/06/1980')).toBe('repaired');
    expect(decide(7, 'Núñez', 'Lucía')).toBe('refused maybe-same-line 2');
  });
});

describe('somebody looked up', () => {
  const people = new People<ReturnType<typeof told> & { id: string }>();
  for (const one of [{ id: 'awa', ...told('Awa', 'Koné', '1990-05-06', ['12345678']) }, { id: 'ben', ...told('Ben', 'Diop', null) }, { id: 'fanta', ...told('Fanta', 'Sow', '1985-07-01', [], 'year') }, { id: 'lea', ...told('Léa', 'Martin', '1999-01-01', ['87654321']) }]) people.add(one);
  const find = (...given: Parameters<typeof told>): string => {
    const found = people.find(told(...given));
    return found.who === 'one' ? found.person.id : found.who === 'maybe' ? `maybe ${found.people.map(({ id }) => id).join(' ')}` : found.who;
  };
  it.each<[Parameters<typeof told>, string, string]>([
    [['KONE', 'Awa', '1990-05-06'], 'awa', 'names in another order, without accents'], [['Awa', 'Koné', '1990-05-07'], 'nobody', 'a namesake of another day'], [['Awa', 'Koné', null], 'maybe awa', 'a name alone'],
    [['Awa', 'Koné', null, ['12345678']], 'awa', 'a name and a phone'], [['Awa', 'Koné', '1980-01-01', ['12345678']], 'maybe awa', 'a phone shared by namesakes of other days'],
    [['Ben', 'Diop', null], 'ben', 'a name where neither has a birth date'], [['Ben', 'Diop', '1970-01-01'], 'maybe ben', 'a birth date that the record lacks'], [['Fanta', 'Sow', '1985-11-30'], 'fanta', 'a birth date where the year alone is known'],
    [['Awa', 'Konne', '1990-05-06'], 'maybe awa', 'a slip in the name, the same day'], [['Awa Marie', 'Koné', '1990-05-06'], 'maybe awa', 'a name more, the same day'], [['Lou', 'Petit', '1999-01-01', ['87654321']], 'maybe lea', 'the same day and phone under another name'],
    [['Lou', 'Petit', '1970-02-02', ['87654321']], 'nobody', 'a phone shared by a household'],
  ])('%j is %s: %s', (given, expected) => expect(find(...given)).toBe(expected));
});
