/** Words that lists of broken passwords are made of, in the three languages and of the trade; without accents, in lower case. */
export const COMMON: readonly string[] = (
  'password passwords passwort passw0rd motdepasse mot passe contrasena contraseña clave secreta secret segura welcome bienvenue bienvenido bienvenida bonjour hola hello '
  + 'admin administrator administrateur administrador root user usuario utilisateur guest invite login connexion signin test tester prueba changeme change letmein default demo temp temporary '
  + 'qwerty qwertz azerty qwertyuiop azertyuiop asdf asdfgh zxcvbn qazwsx 1q2w3e 1qaz2wsx trustno1 iloveyou jetaime tequiero teamo loveyou love amour amor princess princesse princesa '
  + 'sunshine soleil monkey dragon master superman batman pokemon starwars football futbol soccer baseball basketball michael jordan charlie daniel thomas ashley jennifer jessica nicolas '
  + 'maria jose juan carlos alejandro loulou doudou chouchou cheval chocolat chocolate marseille paris france madrid lima peru espana mali bamako abidjan dakar senegal '
  + 'barcelona realmadrid manchester liverpool arsenal chelsea computer ordinateur internet google facebook whatsapp youtube samsung iphone android windows microsoft linux '
  + 'january february march april may june july august september october november december janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre '
  + 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi dimanche '
  + 'lunes martes miercoles jueves viernes sabado domingo spring summer autumn winter printemps ete automne hiver primavera verano otono invierno '
  + 'jalon jobcoach coach coaching emploi empleo travail trabajo orientation orientacion insertion insercion handicap discapacidad service servicio association asociacion '
  + 'the and pour les mon mes mis con para this that your mine monpasse minou'
).split(' ');
