import type { Pathway } from '../../modules/pathways';
import { Stream } from '../streams';

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
const SITES = [['cusco', 340], ['san-juan', 272]] as const;
export type Site = (typeof SITES)[number][0];
type Gender = (typeof PUBLISHED.genders)[number][0];
export type Family = (typeof PUBLISHED.families)[number][0];

/** A job as it went. Days are counted from the admission, or from the first day worked. */
export interface InventedJob {
  employer: number;
  title: string;
  contract: 'permanent' | 'fixed' | 'seasonal' | 'none-written';
  weeklyHours: number;
  /** Céntimos a month. */
  wage: number;
  /** From the admission to the first day worked. */
  after: number;
  /** Days that it lasted; null: it lasts. */
  lasted: number | null;
  evidence: 'contract' | 'payslip' | 'employer-word' | 'worker-word';
  end: { by: 'worker' | 'employer' | 'term'; reason: 'better-job' | 'transport' | 'term' | 'economic' | 'health' } | null;
}

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
  /** Days after the admission on which somebody was in touch. */
  contacts: number[];
  jobs: InventedJob[];
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
export const DISTRICTS: Record<Site, readonly string[]> = {
  cusco: ['Cusco', 'Wanchaq', 'Santiago', 'San Sebastián', 'San Jerónimo', 'Saylla'],
  'san-juan': ['San Juan de Miraflores', 'Villa María del Triunfo', 'Pamplona Alta', 'Ciudad de Dios', 'Villa El Salvador'],
};
const WISHES: Record<Pathway, readonly string[]> = {
  orientation: ['Saber en qué soy bueno', 'Estudiar algo técnico', 'Aprender a cocinar', 'Encontrar un oficio con mis manos', 'Estudiar computación'],
  'employment-advice': ['Trabajar en un hotel', 'Un trabajo en un supermercado', 'Atender en una tienda', 'Trabajar en un almacén', 'Un trabajo de medio tiempo', 'Trabajar en una cocina', 'Limpiar oficinas, de mañana'],
  entrepreneurship: ['Vender mis tortas', 'Coser y vender ropa', 'Un puesto de comida', 'Criar cuyes', 'Arreglar celulares'],
};
const TITLES: Record<Site, readonly string[]> = {
  cusco: ['Auxiliar de limpieza', 'Ayudante de cocina', 'Mantenimiento de jardines', 'Lavandería', 'Recepción', 'Auxiliar de almacén'],
  'san-juan': ['Reponedor', 'Reponedora de tienda', 'Auxiliar de almacén', 'Empaque', 'Atención al cliente', 'Auxiliar de limpieza'],
};
/** Employers of a site, invented. */
export const EMPLOYERS: Record<Site, readonly { name: string; sector: string }[]> = {
  cusco: [
    { name: 'Hotel Plaza Qoricocha', sector: 'Hotelería' }, { name: 'Restaurante La Cantuta Azul', sector: 'Restaurantes' }, { name: 'Lavandería Agua Clara', sector: 'Servicios' }, { name: 'Hostal Los Andenes', sector: 'Hotelería' },
    { name: 'Panadería El Horno de Santiago', sector: 'Alimentos' }, { name: 'Almacenes Vilcanota', sector: 'Comercio' }, { name: 'Agencia Camino Verde', sector: 'Turismo' },
  ],
  'san-juan': [
    { name: 'Supermercados Tres Cruces', sector: 'Comercio' }, { name: 'Tiendas La Alameda', sector: 'Comercio' }, { name: 'Ferretería Pamplona', sector: 'Comercio' }, { name: 'Distribuidora Sur Chico', sector: 'Logística' },
    { name: 'Centro Comercial Atocongo Plaza', sector: 'Comercio' }, { name: 'Cafetería Doce Balcones', sector: 'Restaurantes' },
  ],
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
      wish: own('wish').pick(WISHES[pathway]), age: own('age').between(18, 29), ageDays: own('birthday').below(365), admitted, referred: admitted + days.between(3, 24), card: own('card').below(100) < 62,
      profiled: pathway !== 'entrepreneurship' && own('profiled').below(100) < 70, contacts: contactsOf(own('contacts'), admitted), jobs: hired.has(number) ? jobsOf(own('jobs'), site, admitted) : [],
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

const ENDS = [{ by: 'worker', reason: 'better-job' }, { by: 'worker', reason: 'transport' }, { by: 'employer', reason: 'economic' }, { by: 'worker', reason: 'health' }] as const;

/** One job, half of them over; after a third of those another one, mostly before thirty days have passed. */
function jobsOf(stream: Stream, site: Site, admitted: number): InventedJob[] {
  const after = stream.between(20, Math.min(200, admitted - 45));
  const first = jobOf(stream, site, after, admitted);
  const over = first.lasted === null ? null : after + first.lasted;
  if (over === null || stream.below(3) > 0) return [first];
  const again = over + stream.between(5, 40);
  return again > admitted - 10 ? [first] : [first, { ...jobOf(stream, site, again, admitted), employer: (first.employer + 1) % EMPLOYERS[site].length, lasted: null, end: null }];
}

function jobOf(stream: Stream, site: Site, after: number, admitted: number): InventedJob {
  const contract = stream.pick(['permanent', 'fixed', 'fixed', 'fixed', 'seasonal', 'none-written'] as const);
  const most = admitted - after - 5;
  const ended = stream.below(100) < 50 ? Math.min(stream.between(8, 420), most) : null;
  const lasted = ended !== null && ended > 0 ? ended : null;
  const byTerm = contract !== 'permanent' && contract !== 'none-written' && stream.below(2) === 0;
  return {
    employer: stream.below(EMPLOYERS[site].length), title: stream.pick(TITLES[site]), contract, weeklyHours: stream.pick([20, 24, 30, 36, 40, 48]), wage: stream.between(60, 140) * 1_000, after, lasted,
    evidence: stream.pick(['contract', 'payslip', 'employer-word', 'worker-word'] as const), end: lasted === null ? null : byTerm ? { by: 'term', reason: 'term' } : stream.pick(ENDS),
  };
}
