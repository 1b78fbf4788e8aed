import { inventPeople, type InventedPerson } from './people';

/** The demonstration: of Cusco people hired long ago and lately, and those admitted last on each pathway; one of them is not of age. */
export function shownPeople(everybody: readonly InventedPerson[]): InventedPerson[] {
  const recent = everybody.filter((one) => one.site === 'cusco').sort((a, b) => a.admitted - b.admitted || a.number - b.number);
  const of = (chosen: (one: InventedPerson) => boolean, most: number): InventedPerson[] => recent.filter(chosen).slice(0, most);
  const hired = recent.filter((one) => one.work !== null);
  const seeking = (one: InventedPerson): boolean => one.pathway === 'employment-advice' && one.work === null && one.leaves === null;
  const young = of((one) => seeking(one) && one.age < 18 && one.profiled, 1);
  return [
    ...hired.filter((_, index) => index % Math.ceil(hired.length / MOST_HIRED) === 0), ...young, ...of((one) => seeking(one) && !young.includes(one), 6 - young.length), ...of((one) => one.pathway === 'orientation', 5), ...of((one) => one.pathway === 'entrepreneurship', 3),
  ];
}
const MOST_HIRED = 10;

/** On the way to work or in it, with the profile begun. */
export function isToldMore({ pathway, profiled, contacts, work, leaves }: InventedPerson): boolean {
  return pathway === 'employment-advice' && (profiled || work !== null) && contacts.length > 0 && leaves === null;
}

/** Beside the world: numbers behind its last one. */
export function atTheDoor(): InventedPerson[] {
  const names = [['Flor Milagros', 'Ayma Cruz'], ['Wilson', 'Dueñas Pari'], ['Ruth', 'Sarmiento Lima'], ['Edgar', 'Vizcarra Tito'], ['Nely', 'Barrientos Rado']] as const;
  const [model] = inventPeople();
  return names.map(([given, family], index) => ({
    ...model!, number: 700 + index, given, family, site: 'cusco', pathway: 'employment-advice', district: 'Wanchaq', referred: [4, 12, 21, 36, 30][index]!, admitted: 0, age: 19 + 2 * index, contacts: [], work: null, leaves: null, wish: 'Trabajar en un hotel',
  }));
}
