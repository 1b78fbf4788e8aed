/** What a column of a register may hold. `ignore`: read by nobody, kept nowhere. */
export const TARGETS = [
  'full-name', 'family-names', 'given-names', 'birth', 'gender', 'families', 'recognition', 'recognition-until', 'pathway', 'received-on', 'coach', 'place', 'phone', 'work-at-entry', 'state', 'ignore',
] as const;
export type Target = (typeof TARGETS)[number];
export type HeaderLanguage = 'fr' | 'es' | 'en';

/** Columns that a register is known by and that are not taken over: a job needs its evidence, a note its day and its author. */
type Left = 'number' | 'document' | 'employer' | 'job-title' | 'job-start' | 'job-end' | 'job-end-reason' | 'note';

/** Words of headers, without accents and in small letters; the longest that a header begins with or holds as a word decides. */
const HEADERS: Readonly<Record<Exclude<Target, 'ignore'> | Left, Readonly<Record<HeaderLanguage, readonly string[]>>>> = {
  'full-name': { fr: ['nom et prenom', 'nom prenom', 'nom complet', 'nom et prenoms', 'beneficiaire', 'participant'], es: ['apellidos y nombres', 'nombres y apellidos', 'nombre y apellidos', 'nombre completo', 'apellidos nombres', 'participante', 'usuario', 'beneficiario'], en: ['name', 'names', 'full name', 'participant', 'client', 'beneficiary'] },
  'family-names': { fr: ['nom', 'noms', 'nom de famille', 'nom de naissance', 'nom usuel'], es: ['apellidos', 'apellido', 'apellido paterno'], en: ['surname', 'surnames', 'last name', 'last names', 'family name', 'family names'] },
  'given-names': { fr: ['prenom', 'prenoms'], es: ['nombres', 'nombre'], en: ['first name', 'first names', 'given name', 'given names', 'forename', 'forenames'] },
  birth: { fr: ['date de naissance', 'naissance', 'ne le', 'nee le', 'ne(e) le', 'ne nee le', 'date naissance', 'ddn'], es: ['fecha de nacimiento', 'fecha nac', 'f nac', 'nacimiento', 'fec nac', 'nacido el', 'nacida el', 'nacido(a) el', 'fecha de nac'], en: ['date of birth', 'birth date', 'birthdate', 'birthday', 'd o b', 'dob', 'born', 'born on', 'birth'] },
  gender: { fr: ['sexe', 'genre', 'civilite'], es: ['sexo', 'genero'], en: ['sex', 'gender'] },
  families: { fr: ['handicap', 'type de handicap', 'famille de handicap', 'deficience'], es: ['tipo de discapacidad', 'discapacidad'], en: ['disability', 'type of disability', 'impairment', 'disability type'] },
  recognition: { fr: ['rqth', 'reconnaissance', 'boe'], es: ['carne conadis', 'conadis', 'carnet', 'certificado de discapacidad', 'carne'], en: ['recognition', 'registered', 'disability card'] },
  'recognition-until': { fr: ['fin rqth', 'fin de rqth', 'echeance rqth', 'validite rqth', 'date de fin rqth', 'expiration'], es: ['vence', 'vencimiento', 'fecha de vencimiento', 'caduca', 'vigencia'], en: ['valid until', 'expires', 'expiry', 'expiry date', 'recognition until'] },
  pathway: { fr: ['voie', 'parcours', 'dispositif', 'service', 'prestation', 'action'], es: ['servicio', 'via', 'ruta', 'linea', 'programa'], en: ['pathway', 'service', 'track', 'programme'] },
  'received-on': { fr: ['entree', 'date d entree', 'date entree', 'date d admission', 'orientation le', 'demande le', 'date de demande', 'inscription', 'debut d accompagnement'], es: ['fecha de ingreso', 'ingreso', 'fecha de inscripcion', 'fecha ingreso', 'inscripcion', 'fecha de solicitud'], en: ['entry date', 'referral date', 'referred on', 'start of support', 'enrolled', 'date of entry', 'intake'] },
  coach: { fr: ['job coach', 'coach', 'conseiller', 'conseillere', 'referent', 'referente', 'accompagnateur', 'accompagnant'], es: ['asesor', 'asesor(a)', 'asesora', 'preparador', 'preparadora', 'responsable', 'tutor'], en: ['job coach', 'coach', 'adviser', 'advisor', 'case worker', 'employment specialist'] },
  place: { fr: ['ville', 'commune', 'lieu', 'residence', 'adresse'], es: ['distrito', 'ciudad', 'lugar', 'residencia', 'domicilio', 'provincia'], en: ['town', 'city', 'place', 'district', 'address'] },
  phone: { fr: ['tel', 'telephone', 'portable', 'mobile'], es: ['telefono', 'celular', 'movil', 'telf'], en: ['phone', 'telephone', 'mobile', 'cell'] },
  'work-at-entry': { fr: ['situation a l entree', 'situation', 'statut a l entree', 'situation professionnelle'], es: ['situacion al ingreso', 'situacion laboral', 'situacion', 'condicion al ingreso'], en: ['status at entry', 'employment status', 'situation at entry', 'work status'] },
  state: { fr: ['statut', 'etat', 'etat du dossier', 'statut du dossier'], es: ['estado', 'estatus', 'estado del caso'], en: ['status', 'state', 'case status'] },
  number: { fr: ['n', 'numero', 'no', 'n°'], es: ['n', 'nro', 'numero'], en: ['number', 'id', 'no'] },
  document: { fr: ['numero de securite sociale', 'nir', 'piece d identite'], es: ['dni', 'documento', 'n documento', 'cedula'], en: ['id number', 'national id', 'passport'] },
  employer: { fr: ['employeur', 'entreprise', 'etablissement', 'societe'], es: ['empresa', 'empleador', 'centro de trabajo'], en: ['employer', 'company', 'workplace'] },
  'job-title': { fr: ['poste', 'emploi', 'metier', 'fonction', 'intitule du poste'], es: ['puesto', 'cargo', 'ocupacion', 'puesto de trabajo'], en: ['job', 'job title', 'position', 'occupation', 'role'] },
  'job-start': { fr: ['debut', 'debut de contrat', 'date d embauche', 'embauche', 'date de debut', 'debut contrat'], es: ['inicio contrato', 'inicio de contrato', 'fecha de inicio', 'inicio', 'fecha de contratacion', 'inicio laboral'], en: ['start', 'start date', 'job start', 'hired on', 'hire date', 'first day'] },
  'job-end': { fr: ['fin', 'fin de contrat', 'date de fin', 'fin contrat', 'sortie de l emploi'], es: ['fin contrato', 'fin de contrato', 'fecha de fin', 'fin', 'cese', 'fecha de cese', 'termino'], en: ['end', 'end date', 'job end', 'last day', 'left on'] },
  'job-end-reason': { fr: ['motif de fin', 'motif de rupture', 'motif de depart', 'motif'], es: ['motivo de cese', 'motivo de fin', 'motivo', 'causa de cese'], en: ['reason for leaving', 'end reason', 'reason'] },
  note: { fr: ['commentaire', 'commentaires', 'observation', 'observations', 'remarque', 'remarques', 'notes'], es: ['observaciones', 'observacion', 'comentarios', 'comentario', 'notas'], en: ['comment', 'comments', 'note', 'notes', 'remarks'] },
};

/** The lists whose words are looked at one by one, and the coach's, whose names are. */
export const CHOSEN = ['gender', 'families', 'recognition', 'pathway', 'work-at-entry', 'state', 'coach'] as const;

interface Known {
  target: Target;
  language: HeaderLanguage;
}
const KNOWN = new Map<string, Known[]>();
for (const [target, byLanguage] of Object.entries(HEADERS)) {
  for (const [language, words] of Object.entries(byLanguage)) {
    for (const word of words) KNOWN.set(bare(word), [...(KNOWN.get(bare(word)) ?? []), { target: (TARGETS as readonly string[]).includes(target) ? (target as Target) : 'ignore', language: language as HeaderLanguage }]);
  }
}

/** A header without accents, signs and capitals: `Fecha nac.` is `fecha nac`. */
export function bare(header: string): string {
  return header.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** Which line is the header: among the first, the one with the most known headers, and at least two; null where none is. */
export function headerLineOf(lines: readonly (readonly string[])[]): number | null {
  let best: { line: number; known: number } | null = null;
  for (const [line, cells] of lines.entries()) {
    const known = cells.filter((cell) => KNOWN.has(bare(cell))).length;
    if (known >= 2 && (best === null || known > best.known)) best = { line, known };
  }
  return best?.line ?? null;
}

/** The language that most headers are written in. */
export function languageOf(headers: readonly string[]): HeaderLanguage {
  const votes = { fr: 0, es: 0, en: 0 };
  for (const header of headers) {
    const known = KNOWN.get(bare(header)) ?? [];
    for (const language of new Set(known.map((one) => one.language))) votes[language] += 1 / new Set(known.map((one) => one.language)).size;
  }
  return (['fr', 'es', 'en'] as const).reduce((best, one) => (votes[one] > votes[best] ? one : best), 'fr');
}

/** Headers that say *name* and no more: which part of it, the other columns tell. */
const NAMES = new Set(['name', 'names', 'nom', 'noms', 'nombre', 'nombres']);

/** Beside the one part it is the other; alone it is the whole name. A French `nom` is never a first name. */
function nameTarget(name: string, others: ReadonlySet<Target>): Target {
  if (others.has('given-names')) return 'family-names';
  if (!others.has('family-names')) return others.has('full-name') ? 'ignore' : 'full-name';
  return name === 'nom' || name === 'noms' ? 'family-names' : 'given-names';
}

function targetOf(header: string, language: HeaderLanguage): Target | undefined {
  const known = KNOWN.get(bare(header)) ?? [];
  return (known.find((one) => one.language === language) ?? known[0])?.target;
}

/** What each column holds, as far as its header says; each target once, but for phones. */
export function targetsOf(headers: readonly string[]): Target[] {
  const language = languageOf(headers);
  const others = new Set(headers.flatMap((header) => (NAMES.has(bare(header)) ? [] : targetOf(header, language) ?? [])));
  const taken = new Set<Target>();
  return headers.map((header) => {
    const found = NAMES.has(bare(header)) ? nameTarget(bare(header), others) : targetOf(header, language);
    if (!found || (taken.has(found) && found !== 'phone')) return 'ignore';
    taken.add(found);
    return found;
  });
}
