import { cpSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const reason = (name: string, where: string, why: string, act: string, more: object = {}): object => ({ name, where, why, act, badge: null, state: null, icon: null, otherHref: null, other: null, ...more });
const choice = (value: string, label: string, icon: string | null = null): object => ({ value, label, icon });
const blank = (values: object = {}): object => ({ values, errors: [], conflict: null });

const stages = ['Orientation', 'Admission', 'Profil', 'Préparation', 'Recherche', 'Embauche', 'Maintien', 'Autonomie'];
const trackAt = (position: number, more: object): object => ({
  label: 'conseil en emploi', position, total: 8, current: stages[position - 1], ...more,
  stages: stages.map((name, index) => ({ name, state: index + 1 < position ? 'done' : index + 1 === position ? 'current' : 'todo', on: index + 1 <= position ? `2026-0${Math.min(index + 1, 5)}-11` : null })),
});

/** Models of the mock-ups' pages, to look at the partials as they will stand. */
export const MODELS: Record<string, object> = {
  today: {
    tally: [{ href: '#late', state: 'late', n: 3, label: 'en retard' }, { href: '#due', state: 'todo', n: 2, label: 'à faire aujourd’hui' }, { href: '#warn', state: 'warn', n: 1, label: 'alertes' }, { href: '#wait', state: 'wait', n: 0, label: 'en attente de vous' }],
    groups: [
      { id: 'late', state: 'late', title: 'En retard', note: 'le plus urgent d’abord', reasons: [
        reason('Awa Koné', 'Retour en recherche · emploi fini le 10 juin', 'À joindre dans les 3 jours après la fin d’un emploi. Elle l’a appris à l’accueil le 11 juin ; personne ne l’a encore appelée.', 'Noter l’appel', { badge: '2 jours de retard', state: 'late', otherHref: '/x', other: 'Confier à un collègue' }),
        reason('Clément Arnoux', 'Préparation', 'L’étape devait finir le 12 juin. Il manque 2 séances sur 4 et une date dans le plan de recherche.', 'Inscrire à une séance', { badge: '4 jours de retard', state: 'late', otherHref: '/y', other: 'Voir ce qui manque' })] },
      { id: 'due', state: 'todo', title: 'À faire aujourd’hui', note: 'dans l’ordre de la journée', reasons: [reason('Lucas Perrin', 'Profil · au bureau, salle 2', '10 h 30 – Entretien individuel, le 2e des 2 que demande l’étape.', 'Noter le résultat', { otherHref: '/z', other: 'Reporter' })] },
      { id: 'warn', state: 'warn', title: 'Alertes', note: 'chacune avec sa raison', reasons: [reason('Karine Delmas', 'Recherche', 'Sa reconnaissance (RQTH) finit le 14 juillet. Compter 4 mois pour la renouveler.', 'Préparer le dossier', { badge: 'Dans 28 jours', state: 'warn' })] },
    ],
    kinds: [choice('phone', 'Appel', 'phone'), choice('visit', 'Visite', 'visit'), choice('interview', 'Entretien', 'talk'), choice('administration', 'Message', 'message')],
    outcomes: [choice('done', 'Fait'), choice('no-answer', 'Sans réponse'), choice('postponed', 'Reporté')],
    form: blank({ who: 'Awa Koné', kind: 'phone', outcome: 'done', minutes: 15 }),
  },
  caseload: {
    views: [{ href: '/caseload', label: 'Toutes', n: 32, current: true, icon: null }, { href: '/caseload?late=on', label: 'En retard', n: 3, current: false, icon: 'late' }, { href: '/caseload?silent=15', label: 'Sans contact 15 j', n: 0, current: false, icon: null }],
    pathways: [choice('job-coaching', 'Conseil en emploi')], stages: stages.map((name) => choice(name, name)), dues: [choice('30', 'D’ici 30 jours'), choice('late', 'En retard')],
    chips: [{ href: '/caseload', label: 'D’ici 30 jours' }],
    rows: [
      { name: 'Hamdani, Youssef', sub: 'Transports Oriane', stage: 'Embauche', position: 6, next: 'Point de la semaine 2', due: '2026-06-09', late: true, alert: '3 essais sans réponse' },
      { name: 'Perrin, Lucas', sub: 'Conseil en emploi', stage: 'Profil', position: 3, next: 'Entretien individuel', due: '2026-06-16', late: false, alert: null },
      { name: 'Trégor, Maëlle', sub: 'Jardinerie Beaulieu', stage: 'Embauche', position: 6, next: 'Régler le désaccord', due: '2026-06-18', late: false, alert: null },
    ],
    form: blank({ due: '30' }),
  },
  participant: {
    acts: [{ href: '/activities/new', label: 'Noter un contact', icon: 'note', kind: 'secondary' }],
    track: trackAt(6, { sinceDays: 36, dueOn: '2026-06-30' }),
    tabs: ['Vue d’ensemble', 'Parcours', 'Profil', 'Accords et partage', 'Qui a ouvert'].map((label, index) => ({ href: `/participants/1/${index}`, label, current: index === 0, count: index === 3 ? 1 : null })),
    alerts: [{ state: 'split', icon: null, title: 'Désaccord sur l’aménagement', text: 'semaine 4, depuis 4 jours' }, { state: 'warn', icon: 'late', title: 'Fin d’essai le 10 juillet', text: 'dans 24 jours' }],
    days: [
      { day: '2026-06-16', items: [{ icon: 'message', state: 'wait', title: 'Message de l’employeur', by: 'Claire Aubin, par le lien, 8 h 12', note: '« Chariot livré et monté le 8 juin. »', proof: { level: 3, text: 'Preuve : confirmé par l’employeur' }, links: [{ href: '/x', label: 'Vérifier avec Maëlle' }] }] },
      { day: '2026-06-12', items: [{ icon: 'split', state: 'split', title: 'Désaccord ouvert', by: 'de lui-même', note: null, proof: null, links: [] }, { icon: 'visit', state: null, title: 'Visite au travail', by: 'Inès Caradec, 50 min', note: null, proof: null, links: [] }] },
    ],
  },
  step: { track: trackAt(4, { sinceDays: 60, dueOn: '2026-06-12' }) },
  form: {
    reasons: [choice('trial', 'Fin de la période d’essai, par l’employeur'), choice('health', 'Santé'), choice('unknown', 'On ne sait pas')],
    form: {
      values: { 'endOn-day': '26', 'endOn-month': '6', 'endOn-year': '2026', who: 'health', formats: ['health', 'unknown'], note: '<b>"L’employeur"</b> propose de le reprendre.', version: 3 },
      errors: [{ path: 'endOn', message: 'Le dernier jour travaillé est après aujourd’hui, 16 juin 2026' }, { path: 'why', message: 'Dites pourquoi l’emploi a pris fin' }],
      conflict: [{ field: 'Qui l’a dit', now: 'Youssef', sent: 'L’employeur' }, { field: 'Dernier jour', now: '2026-06-12', sent: null }],
    },
  },
  'sign-in': { form: blank() },
  empty: {},
  log: { outcomes: [choice('done', 'Fait'), choice('refused', 'Refusé')], form: blank({ from: '2026-06-01' }), at: '2026-06-16T06:12:00Z', names: ['Awa', 'Lucas', 'Maëlle'] },
};

/** A copy of the templates with the gallery beside them, to stand in as the working folder. */
export function galleryFolder(root: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'jalon-gallery-'));
  cpSync(join(root, 'templates'), join(folder, 'templates'), { recursive: true, filter: (source) => !/assets\/built\.?\d*$/.test(source) });
  cpSync(join(root, 'test', 'platform', 'gallery'), join(folder, 'templates', 'gallery'), { recursive: true });
  symlinkSync(join(root, 'templates', 'assets', 'built'), join(folder, 'templates', 'assets', 'built'));
  return folder;
}
