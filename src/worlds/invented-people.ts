import type { Pathway } from '../modules/pathways';

/** Nobody: names drawn at random, days counted back from today. */
export interface Invented {
  given: string;
  family: string;
  born: number;
  gender: 'female' | 'male' | 'x';
  place: string;
  pathway: Pathway;
  source: 'self' | 'family' | 'mdph' | 'cap-emploi' | 'france-travail' | 'mission-locale' | 'esat' | 'school';
  wish: string;
  reaches: 'referred' | 'waiting' | 'admitted' | 'profiling';
  /** Days ago. */
  referred: number;
  admitted: number;
  contacts: number[];
  note: string;
  /** Days until the recognition ends; null where none is written. */
  recognitionEnds: number | null;
  /** Employers to whom the person has applied. */
  tried: readonly string[];
}

const person = (
  given: string, family: string, born: number, gender: Invented['gender'], place: string, pathway: Pathway, source: Invented['source'], wish: string,
  reaches: Invented['reaches'], referred: number, admitted: number, contacts: number[], note: string, recognitionEnds: number | null = null, tried: readonly string[] = [],
): Invented => ({ given, family, born, gender, place, pathway, source, wish, reaches, referred, admitted, contacts, note, recognitionEnds, tried });

export const PEOPLE: readonly Invented[] = [
  person('Awa', 'Koné', 1998, 'female', 'Tours', 'employment-advice', 'mdph', 'Travailler en logistique, pas trop loin', 'profiling', 96, 88, [80, 62, 41], 'Elle a décrit son dernier emploi et ce qui l\'aidait.', 82, ['Entrepôts du Cher', 'Messageries de Touraine']),
  person('Youssef', 'Hamdani', 1991, 'male', 'Joué-lès-Tours', 'employment-advice', 'cap-emploi', 'Conduire ou livrer', 'profiling', 70, 61, [52, 30, 9], 'Permis vérifié, tournées courtes possibles.', 400, ['Messageries de Touraine']),
  person('Clément', 'Arnoux', 2001, 'male', 'Tours', 'employment-advice', 'mission-locale', 'Un travail dehors', 'admitted', 34, 27, [12], 'Appel court, rendez-vous à fixer.'),
  person('Lucas', 'Perrin', 1987, 'male', 'Amboise', 'orientation', 'self', 'Savoir ce que je peux faire', 'profiling', 50, 44, [38, 6], 'Deuxième entretien, centres d\'intérêt.', 24),
  person('Nadia', 'Rouvière', 1994, 'female', 'Tours', 'employment-advice', 'france-travail', 'La vente en boulangerie', 'profiling', 86, 78, [70, 54, 20, 3], 'Visite d\'une boulangerie avec elle.', 150, ['Boulangerie Sabourin', 'Le Fournil des Halles']),
  person('Théo', 'Vasseur', 1983, 'male', 'Saint-Avertin', 'employment-advice', 'esat', 'Quitter l\'atelier pour une imprimerie', 'admitted', 41, 33, [30, 2], 'Il veut essayer une semaine d\'abord.', 170),
  person('Maëlle', 'Trégor', 2000, 'female', 'Tours', 'employment-advice', 'mdph', 'La jardinerie, l\'accueil', 'profiling', 66, 58, [50, 22, 1], 'Elle a visité une jardinerie, bon contact.', 500, ['Jardinerie des Varennes']),
  person('Samuel', 'Ortiz', 1979, 'male', 'Chambray-lès-Tours', 'employment-advice', 'family', 'L\'entretien dans une résidence', 'profiling', 89, 80, [76, 60, 47], 'Silence depuis, rappeler.', 61),
  person('Karine', 'Delmas', 1990, 'female', 'Tours', 'orientation', 'mdph', 'Reprendre une formation', 'admitted', 24, 16, [14], 'Dossier de reconnaissance à renouveler.', 28),
  person('Élise', 'Bonnard', 2003, 'female', 'Loches', 'orientation', 'school', 'Choisir un métier avec mes mains', 'profiling', 61, 55, [48, 26], 'Elle aime coudre et réparer.'),
  person('Paul', 'Guérin', 1985, 'male', 'Tours', 'entrepreneurship', 'self', 'Un atelier de vélo', 'admitted', 44, 35, [31, 11], 'Il a déjà ses outils.'),
  person('Sarah', 'Lemoine', 1996, 'female', 'Montlouis', 'orientation', 'family', 'Trouver ma voie', 'admitted', 10, 4, [2], 'Premier rendez-vous agréable.'),
  person('Idriss', 'Camara', 1999, 'male', 'Tours', 'employment-advice', 'mission-locale', 'Cuisine collective', 'referred', 12, 0, [], ''),
  person('Jeanne', 'Lagarde', 1976, 'female', 'Bléré', 'employment-advice', 'france-travail', 'Un temps partiel au calme', 'referred', 21, 0, [], ''),
  person('Hugo', 'Marchand', 2002, 'male', 'Tours', 'orientation', 'school', 'Les animaux', 'referred', 3, 0, [], ''),
  person('Fatou', 'Diarra', 1993, 'female', 'Saint-Pierre-des-Corps', 'employment-advice', 'mdph', 'Le ménage à domicile', 'waiting', 36, 22, [], ''),
  person('Olivier', 'Besson', 1988, 'male', 'Tours', 'employment-advice', 'cap-emploi', 'Retrouver un poste de magasinier', 'waiting', 30, 17, [], ''),
  person('Inaya', 'Morel', 2004, 'female', 'Tours', 'orientation', 'family', 'Être coiffeuse', 'admitted', 31, 20, [18, 5], 'Essai dans un salon à organiser.', 90),
  person('Rémi', 'Fontaine', 1981, 'male', 'Vouvray', 'employment-advice', 'self', 'Garder mon emploi actuel', 'profiling', 77, 70, [64, 33, 13], 'Horaires à revoir avec lui.', 320),
  person('Lina', 'Barbier', 1997, 'x', 'Tours', 'employment-advice', 'france-travail', 'L\'informatique, à distance', 'profiling', 58, 49, [40, 17], 'Matériel de lecture d\'écran en place.', null, ['Atelier numérique du Val']),
];
