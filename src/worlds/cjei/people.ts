import type { Pathway } from '../../modules/pathways';
import { Stream } from '../streams';
import { inventWork, type InventedWork } from './jobs';
import { DISTRICTS, SITES, type Site } from './places';

/**
 * The people of the world CJEI: nobody, with the counts of the evaluation of the centres for inclusive employment of Cusco and San Juan de Miraflores (Peru).
 * 612 people, 217 in orientation, 273 in employment advice of whom 57 found a job (21 %), 122 in entrepreneurship; 51 % men and 49 % women; intellectual disability 40 %,
 * physical 18 %, psychosocial 17 %, visual 13 %, hearing 12 %. Not published, so made up: how many at each site, ages, days, employers, how long jobs lasted.
 */
export const PUBLISHED = {
  people: 612,
  pathways: [['orientation', 217], ['employment-advice', 273], ['entrepreneurship', 122]] as const satisfies readonly (readonly [Pathway, number])[],
  hired: 57,
  genders: [['male', 312], ['female', 300]] as const,
  families: [['intellectual', 245], ['motor', 110], ['psychosocial', 104], ['visual', 80], ['hearing', 73]] as const,
};
type Gender = (typeof PUBLISHED.genders)[number][0];
export type Family = (typeof PUBLISHED.families)[number][0];

export interface InventedPerson {
  /** The same in every build: what is asked about a person is asked of streams that bear it. */
  number: number;
  given: string;
  family: string;
  gender: Gender;
  disability: Family;
  site: Site;
  district: string;
  pathway: Pathway;
  source: 'self' | 'family' | 'municipality' | 'school' | 'health-team';
  wish: string;
  /** Age at admission in whole years, and days over. */
  age: number;
  ageDays: number;
  /** Days before the world's own day. */
  admitted: number;
  referred: number;
  card: boolean;
  profiled: boolean;
  /** Days after the admission on which somebody was in touch; and how many days before the world's own day last. */
  contacts: number[];
  lately: number;
  /** Who signs beside somebody who is not of age. */
  adult: string;
  work: InventedWork | null;
  /** Left without a job, so many days after the admission. */
  leaves: { after: number; reason: 'no-longer-wants' | 'training' | 'health' | 'moved' } | null;
}

const GIVEN: Record<Gender, readonly string[]> = {
  female: ['Rosa', 'Milagros', 'Yesenia', 'Flor', 'Maribel', 'Katherine', 'Luz', 'Nayeli', 'Brenda', 'Sonia', 'Diana', 'Fiorella', 'Pilar', 'Ruth', 'Estefany', 'Karina', 'Nancy', 'Lizbeth', 'Vanessa', 'Edith', 'Gladys', 'Qori', 'Illari', 'Sumaq', 'Danitza', 'Noemí', 'Maritza', 'Yanet', 'Elva', 'Zoraida'],
  male: ['Jhon', 'Edwin', 'Wilber', 'Percy', 'Rubén', 'Elvis', 'Joel', 'Cristian', 'Fredy', 'Alex', 'Moisés', 'Saúl', 'Yuri', 'Renzo', 'Hernán', 'Abel', 'Efraín', 'Marco', 'Rolando', 'Julio', 'Inti', 'Amaru', 'Illapa', 'Rumi', 'Bruno', 'Néstor', 'Óscar', 'Lucio', 'Teófilo', 'Wayra'],
};
const FAMILY = [
  'Quispe', 'Mamani', 'Huamán', 'Condori', 'Flores', 'Ccori', 'Puma', 'Sullca', 'Ttito', 'Apaza', 'Cusi', 'Hancco', 'Yupanqui', 'Rojas', 'Chávez', 'Paredes', 'Salas', 'Cárdenas', 'Ñaupa', 'Palomino',
  'Vargas', 'Choque', 'Llanos', 'Espinoza', 'Ramos', 'Valverde', 'Zúñiga', 'Peralta', 'Challco', 'Aguirre', 'Bustamante', 'Loayza', 'Medina', 'Orihuela', 'Tupayachi', 'Villena', 'Arias', 'Candia', 'Escalante', 'Galdós',
];
const WISHES: Record<Pathway, readonly string[]> = {
  orientation: ['Saber en qué soy bueno', 'Estudiar algo técnico', 'Aprender a cocinar', 'Encontrar un oficio con mis manos', 'Estudiar computación'],
  'employment-advice': ['Trabajar en un hotel', 'Un trabajo en un supermercado', 'Atender en una tienda', 'Trabajar en un almacén', 'Un trabajo de medio tiempo', 'Trabajar en una cocina', 'Limpiar oficinas, de mañana'],
  entrepreneurship: ['Vender mis tortas', 'Coser y vender ropa', 'Un puesto de comida', 'Criar cuyes', 'Arreglar celulares'],
};
/** Everybody, the same in every build, in the order of their numbers. */
export function inventPeople(): InventedPerson[] {
  const stream = (name: string): Stream => new Stream(`cjei|${name}`);
  const pathways = stream('pathway').dealt<Pathway>(PUBLISHED.pathways);
  const genders = stream('gender').dealt<Gender>(PUBLISHED.genders);
  const families = stream('family').dealt<Family>(PUBLISHED.families);
  const sites = stream('site').dealt<Site>(SITES);
  const seekers = pathways.flatMap((pathway, number) => (pathway === 'employment-advice' ? [number] : []));
  const hired = new Set(stream('hired').shuffled(seekers).slice(0, PUBLISHED.hired));
  const taken = new Set<string>();
  return pathways.map((pathway, number) => {
    const own = (question: string): Stream => stream(`${question}|${number}`);
    const [gender, site] = [genders[number]!, sites[number]!];
    const { given, family } = nameOf(own('name'), gender, taken);
    const days = own('days');
    // Who found work has been here long enough for it to have lasted, or not.
    const admitted = hired.has(number) ? days.between(100, 1_060) : days.between(20, 1_080);
    return {
      number, given, family, gender, disability: families[number]!, site, district: own('district').pick(DISTRICTS[site]), pathway, source: own('source').pick(['self', 'family', 'municipality', 'school', 'health-team'] as const),
      wish: own('wish').pick(WISHES[pathway]), age: ageOf(own('age')), ageDays: own('birthday').below(365), admitted, referred: admitted + days.between(3, 24), card: own('card').below(100) < 62,
      profiled: pathway !== 'entrepreneurship' && own('profiled').below(100) < 70, contacts: contactsOf(own('contacts'), admitted), lately: own('lately').pick([2, 5, 9, 14, 20, 26, 44]),
      adult: `${own('adult').pick(GIVEN.female)} ${family.split(' ')[0]!}`, work: hired.has(number) ? inventWork(own, site, admitted) : null,
      leaves: pathway === 'employment-advice' && !hired.has(number) && admitted > 400 ? leavesOf(own('leaves')) : null,
    };
  });
}

function nameOf(stream: Stream, gender: Gender, taken: Set<string>): { given: string; family: string } {
  for (;;) {
    const given = stream.below(4) === 0 ? `${stream.pick(GIVEN[gender])} ${stream.pick(GIVEN[gender])}` : stream.pick(GIVEN[gender]);
    const family = `${stream.pick(FAMILY)} ${stream.pick(FAMILY)}`;
    const whole = `${given} ${family}`;
    if (new Set(given.split(' ')).size < given.split(' ').length || taken.has(whole)) continue;
    taken.add(whole);
    return { given, family };
  }
}

/** Young people: a few are not of age yet, and some are older than the centres' own word for young. */
function ageOf(stream: Stream): number {
  const band = stream.below(100);
  return band < 6 ? stream.between(15, 17) : band < 60 ? stream.between(18, 24) : band < 92 ? stream.between(25, 29) : stream.between(30, 36);
}

/** The first meeting within two weeks, then now and then, never after the world's day. */
function contactsOf(stream: Stream, admitted: number): number[] {
  const days = [stream.between(0, 12)];
  for (let more = stream.below(3); more > 0; more -= 1) days.push(days.at(-1)! + stream.between(15, 60));
  return days.filter((day) => day < admitted);
}

/** Four of ten, after half a year or more. */
function leavesOf(stream: Stream): InventedPerson['leaves'] {
  return stream.below(10) < 4 ? { after: stream.between(180, 390), reason: stream.pick(['no-longer-wants', 'training', 'health', 'moved'] as const) } : null;
}
