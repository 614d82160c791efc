/** Both windows, as they were photographed, with the ratios above them. */
import { ratio, scenarios, times } from '../labels.ts';
import { element, make, painted } from './dom.ts';

const { demo } = window;

void demo.picture().then(async (picture) => {
  for (const { id, title } of scenarios) {
    const factor = times(ratio(picture.figures.stock, picture.figures.ringwire, id));
    element('ratios').append(make('li', '', make('strong', '', factor), make('span', '', title)));
  }
  element('caption').textContent = picture.caption;
  for (const name of ['stock', 'ringwire'] as const) {
    const image = element<HTMLImageElement>(name);
    image.src = picture[name];
    await image.decode();
  }
  await painted();
  demo.pictureShown();
});
