import { dictionary } from '@zxcvbn-ts/language-common';

/** What much-used words of this place and trade are worth, in bits: the list below comes from English, for the most part. */
const LOCAL_BITS = 4;
/** Without accents, in lower case. */
const LOCAL = (
  'motdepasse passe contrasena clave secreta segura bienvenue bienvenido bienvenida hola administrateur administrador usuario utilisateur login connexion invite prueba qwertz '
  + 'jetaime tequiero teamo amour amor princesse princesa loulou doudou chouchou cheval soleil lima peru espana mali bamako abidjan dakar senegal ordinateur whatsapp '
  + 'janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre '
  + 'lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo printemps hiver automne verano otono invierno primavera '
  + 'jalon jobcoach coach coaching emploi empleo travail trabajo orientation orientacion insertion insercion handicap discapacidad service servicio association asociacion minou'
).split(' ');

/** Words much used here, with their bits. */
export const LOCAL_WORDS: ReadonlyMap<string, number> = new Map(LOCAL.map((word) => [word, LOCAL_BITS]));

let known: ReadonlyMap<string, number> | null = null;

/**
 * The 49,000 passwords that stolen lists hold most often (@zxcvbn-ts/language-common, MIT), with what each is worth: the bits of its rank.
 * Some megabytes, made when the first password is chosen, and never more.
 */
export function leakedPasswords(): ReadonlyMap<string, number> {
  known ??= new Map(dictionary['passwords-common'].map((word, rank) => [String(word), Math.log2(rank + 2)]));
  return known;
}
