import { Views } from '../../src/platform/views/views';
import { Words } from '../../src/platform/views/words';
import { shellOf } from './sample';

const words = Words.load();
const views = new Views(words);

describe('the frame of a page', () => {
  it('names page and product, in the language of the reader', () => {
    const html = views.render('platform/help', {}, shellOf({ language: 'fr' }));
    expect(html).toContain('<title>Aide – Jalon</title>');
    expect(html).toContain('<html lang="fr"');
  });
});
