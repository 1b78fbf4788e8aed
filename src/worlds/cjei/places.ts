/** The two centres, and how many of the people each of them accompanies: the evaluation prints no such number. */
export const SITES = [['cusco', 340], ['san-juan', 272]] as const;
export type Site = (typeof SITES)[number][0];
export const SITE_NAMES = SITES.map(([site]) => site);

export const DISTRICTS: Record<Site, readonly string[]> = {
  cusco: ['Cusco', 'Wanchaq', 'Santiago', 'San Sebastián', 'San Jerónimo', 'Saylla'],
  'san-juan': ['San Juan de Miraflores', 'Villa María del Triunfo', 'Pamplona Alta', 'Ciudad de Dios', 'Villa El Salvador'],
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
