import { headerLineOf, languageOf, targetsOf } from './targets';

describe('what columns hold, by their headers', () => {
  it.each([
    ['First name;Name;Born on', 'given-names family-names birth'],
    ['Name;First name;Born', 'family-names given-names birth'],
    ['Name;Surname;Birthdate', 'given-names family-names birth'],
    ['Name;D.O.B.;Gender', 'full-name birth gender'],
    ['Full name;Name;Town', 'full-name ignore place'],
    ['Last names;Forenames;Birthday', 'family-names given-names birth'],
    ['Nom;Prénom;Né(e) le', 'family-names given-names birth'],
    ['Prénom;Nom;Née le', 'given-names family-names birth'],
    ['Nom;Date naissance;Sexe', 'full-name birth gender'],
    ['Noms;Prénoms;Né/Née le', 'family-names given-names birth'],
    ['Nom;Nom de naissance;Ville', 'family-names ignore place'],
    ['Bénéficiaire;Nom;Ville', 'full-name ignore place'],
    ['Nombre;Apellidos;Nacido el', 'given-names family-names birth'],
    ['Apellidos;Nombres;Nacido/a el', 'family-names given-names birth'],
    ['Nombre;Fecha de nac.;Sexo', 'full-name birth gender'],
    ['Nombres;Nacida el;Distrito', 'full-name birth place'],
  ])('%s: %s', (headers, expected) => expect(targetsOf(headers.split(';')).join(' ')).toBe(expected));

  it('are known by a plain name and a birth date alone', () => {
    expect(headerLineOf([['Register of 2019', ''], ['Name', 'Born on'], ['Ada Byron', '10/12/1815']])).toBe(1);
    expect(languageOf(['Name', 'Born on'])).toBe('en');
  });
});
