import { bare, type HeaderLanguage } from './targets';

/** A closed list that a column is read into. */
export type ListName = 'gender' | 'families' | 'recognition' | 'pathway' | 'work-at-entry' | 'state';
/** What a word says. `null`: it says nothing ("—", "non renseigné"). `asked`: it means different things, so what was answered for another file does not count. */
export type Reading = { known: true; value: string | null } | { known: false; choices: readonly string[]; asked: boolean };

/** Words that mean different things by country or by their neighbours are asked once a file, never guessed. */
const ASKED: Partial<Record<ListName, Readonly<Record<string, readonly string[]>>>> = {
  families: { mental: ['intellectual', 'psychosocial'], 'handicap mental': ['intellectual', 'psychosocial'], 'discapacidad mental': ['intellectual', 'psychosocial'], 'enfermedad mental': ['psychosocial', 'intellectual'] },
};

const LISTS: Record<ListName, Record<string, readonly string[]>> = {
  gender: {
    female: ['f', 'fem', 'femme', 'feminin', 'mme', 'madame', 'mujer', 'femenino', 'female', 'woman', 'fille'],
    male: ['m', 'h', 'masc', 'homme', 'masculin', 'monsieur', 'mr', 'varon', 'hombre', 'masculino', 'v', 'male', 'man', 'garcon'],
    x: ['x', 'nb', 'non binaire', 'no binario', 'non binary', 'otro', 'autre', 'other'],
    undisclosed: ['ne dit pas', 'no dice', 'undisclosed', 'prefiere no decir', 'refuse'],
  },
  families: {
    intellectual: ['intellectuel', 'intellectuelle', 'deficience intellectuelle', 'handicap intellectuel', 'intelectual', 'd intelectual', 'discapacidad intelectual', 'intellectual', 'learning disability', 'di'],
    psychosocial: ['psychique', 'handicap psychique', 'psy', 'psicosocial', 'd psicosocial', 'discapacidad psicosocial', 'psychosocial', 'mental health'],
    autism: ['tsa', 'autisme', 'autiste', 'trouble du spectre de l autisme', 'tea', 'autismo', 'autism', 'asd'],
    cognitive: ['cognitif', 'troubles cognitifs', 'dys', 'troubles dys', 'cognitivo', 'cognitiva', 'cognitive', 'dyslexia', 'dyslexie'],
    motor: ['moteur', 'handicap moteur', 'physique', 'fisica', 'd fisica', 'fisico', 'motora', 'motriz', 'motor', 'physical', 'mobility'],
    visual: ['visuel', 'visuelle', 'malvoyant', 'non voyant', 'visual', 'd visual', 'ceguera', 'baja vision', 'vision', 'blind'],
    hearing: ['auditif', 'auditive', 'sourd', 'malentendant', 'auditiva', 'd auditiva', 'sordera', 'hearing', 'deaf'],
    speech: ['parole', 'langage', 'habla', 'lenguaje', 'speech'],
    'chronic-illness': ['maladie invalidante', 'maladie chronique', 'enfermedad cronica', 'chronic illness', 'visceral'],
    multiple: ['polyhandicap', 'plurihandicap', 'multiple', 'multiples', 'multidiscapacidad'],
    'brain-injury': ['cerebro lese', 'traumatisme cranien', 'traumatismo craneal', 'brain injury'],
    other: ['autre', 'otra', 'otro', 'other'],
  },
  recognition: {
    granted: ['oui', 'si', 'yes', 'o', 'accordee', 'vigente', 'valide', 'x', 'tiene'],
    asked: ['en cours', 'en tramite', 'demande en cours', 'tramite', 'pending', 'in progress'],
    refused: ['refusee', 'refuse', 'denegado', 'denied', 'rechazado'],
    none: ['non', 'no', 'n', 'aucune', 'ninguno', 'none', 'no tiene'],
  },
  pathway: {
    orientation: ['orientation', 'op', 'orientacion', 'orientacion profesional', 'orientacion vocacional', 'orientation professionnelle', 'career guidance'],
    'employment-advice': ['conseil emploi', 'conseil a l emploi', 'conseil en emploi', 'emploi', 'abe', 'asesoria en busqueda de empleo', 'asesoria busqueda de empleo', 'busqueda de empleo', 'empleo con apoyo', 'empleo', 'employment', 'employment advice', 'supported employment', 'emploi accompagne'],
    entrepreneurship: ['entrepreneuriat', 'entreprise', 'creation d entreprise', 'emprendimiento', 'emprendedores', 'autoempleo', 'entrepreneurship', 'self employment', 'enterprise'],
  },
  'work-at-entry': {
    employed: ['en emploi', 'salarie', 'salariee', 'en poste', 'empleado', 'empleada', 'trabaja', 'ocupado', 'employed', 'working'],
    unemployed: ['demandeur d emploi', 'demandeuse d emploi', 'de', 'sans emploi', 'chomage', 'chomeur', 'desempleado', 'desempleada', 'sin empleo', 'busca empleo', 'unemployed', 'jobseeker'],
    inactive: ['inactif', 'inactive', 'inactivo', 'inactiva', 'no busca'],
    'in-education': ['etudiant', 'etudiante', 'en formation', 'en etudes', 'scolarise', 'estudia', 'estudiante', 'en formacion', 'student', 'in training'],
  },
  state: {
    open: ['actif', 'active', 'en cours', 'ouvert', 'suivi', 'activo', 'activa', 'en curso', 'vigente', 'abierto', 'open', 'current'],
    completed: ['termine', 'terminee', 'acheve', 'concluyo', 'concluido', 'egresado', 'egresada', 'terminado', 'completed', 'finished'],
    left: ['abandon', 'sorti', 'sortie', 'radie', 'retirado', 'retirada', 'se retiro', 'abandono', 'left', 'withdrawn', 'dropped out'],
    waiting: ['attente', 'liste d attente', 'en attente', 'espera', 'en espera', 'lista de espera', 'waiting'],
  },
};
/** What is known, and has no place in a list: sheltered work is no employment, and says nothing of a search. */
const APART: Partial<Record<ListName, readonly string[]>> = { 'work-at-entry': ['esat', 'milieu protege', 'entreprise adaptee', 'ea', 'taller protegido', 'centro protegido', 'sheltered'] };
const NOTHING = new Set(['', 'nr', 'nc', 'non renseigne', 'sin dato', 'sin datos', 's d', 'n a', 'na', 'nd', '0']);

const WORDS = new Map(Object.entries(LISTS).map(([list, values]) => [list as ListName, new Map(Object.entries(values).flatMap(([value, words]) => words.map((word) => [word, value] as const)))]));

/** The values that a list may be read into. */
export const valuesOf = (list: ListName): readonly string[] => Object.keys(LISTS[list]);

/**
 * What a cell says in a list. What is not known, or means different things, has to be answered: with the values to choose from.
 * @param answers what was answered for words of this file or this service, by the bare word; '' leaves the word out
 * @param column the bare words of the whole column, which may settle what one word means
 */
export function readChoice(list: ListName, cell: string, language: HeaderLanguage, column: ReadonlySet<string>, answers: Readonly<Record<string, string>>): Reading {
  const word = bare(cell);
  if (NOTHING.has(word) || APART[list]?.includes(word)) return { known: true, value: null };
  if (Object.hasOwn(answers, word)) return { known: true, value: answers[word] || null };
  const asked = ASKED[list];
  if (asked && Object.hasOwn(asked, word)) return { known: false, choices: asked[word]!, asked: true };
  // In Spanish `M` is a woman beside `H`, and a man beside `F`; beside both, or neither, it is asked.
  if (list === 'gender' && word === 'm' && language === 'es') {
    const [besideH, besideF] = [['h', 'hombre'].some((one) => column.has(one)), ['f', 'fem', 'femenino'].some((one) => column.has(one))];
    if (besideH === besideF) return { known: false, choices: ['female', 'male'], asked: true };
    return { known: true, value: besideH ? 'female' : 'male' };
  }
  const value = WORDS.get(list)!.get(word);
  return value === undefined ? { known: false, choices: valuesOf(list), asked: false } : { known: true, value };
}
