/** The one page of the application: measures when it is its turn, and shows what came of it. */
import { duration, quantity, ratio, scenarios, times } from '../labels.ts';
import type { About, Figures, Turn } from '../protocol.ts';
import { element, make, painted } from './dom.ts';
import { Samples } from './samples.ts';
import { Strip } from './strip.ts';

const { demo } = window;
const samples = new Samples();
const strip = new Strip(element<HTMLCanvasElement>('strip'));
let about: About | undefined;
let rival: Figures | undefined;
let answersChecked = 0;

demo.onTurn((turn) => void take(turn));
demo.onRival((figures) => {
  rival = figures;
  showFigures();
});
addEventListener('resize', showFigures);
void demo.about().then((now) => {
  showAbout(now);
  showFigures();
});

async function take(turn: Turn): Promise<void> {
  try {
    showTurn(turn);
    for (const { id } of scenarios) {
      await painted();
      const measured = await demo.measure(id);
      answersChecked += measured.answersChecked;
      if (!turn.warmUp) samples.add(id, measured.microseconds);
      showFigures();
    }
    // Asked again after each turn: a link that broke half-way must not pass for the ring.
    const now = await demo.about();
    showAbout(now);
    await painted();
    demo.report({ about: now, figures: samples.figures(), answersChecked });
  } catch (error) {
    showError(String(error));
    demo.report({
      about: await demo.about(),
      figures: undefined,
      answersChecked,
      error: `${error}`,
    });
  }
}

function showAbout(now: About): void {
  about = now;
  const ring = now.carrier.path === 'ring';
  document.body.classList.toggle('ring', ring);
  document.body.classList.toggle('stock', !ring);
  document.title = ring ? 'ringwire' : 'Electron IPC';
  element('name').textContent = ring ? 'ringwire' : 'Electron’s own IPC';
  element('carrier').textContent = ring
    ? 'This window is carried by shared-memory rings'
    : `This window is on stock IPC: ${now.carrier.reason ?? 'no reason known'}`;
  element('versions').textContent =
    `Electron ${now.electron}\nChromium ${now.chromium} · Node ${now.node}`;
}

function showTurn({ number, of, warmUp }: Turn): void {
  const end = of === undefined ? '' : ` of ${of}`;
  element('turn').textContent = warmUp ? 'Warming up' : `Turn ${number}${end}`;
}

function showFigures(): void {
  const first = samples.figure('sendSync');
  if (first !== undefined) {
    const { value, unit } = quantity(first.p50);
    element('value').textContent = value;
    element('unit').textContent = unit;
  }
  const onRing = about?.carrier.path === 'ring';
  strip.draw(samples.of('sendSync'), rival?.sendSync.p50, onRing ? 'stock' : 'ringwire');
  const own = samples.figures();
  showBeside(own, onRing);
  element('ratio-head').textContent = rival && own ? 'ratio' : '';
  element('rows').replaceChildren(...scenarios.map((scenario) => row(scenario, own, onRing)));
  element('checked').textContent = `${answersChecked.toLocaleString('en')} answers checked`;
}

function showBeside(own: Figures | undefined, onRing: boolean): void {
  if (rival === undefined || own === undefined) return;
  element('beside').replaceChildren(
    make('strong', '', onRing ? times(ratio(rival, own, 'sendSync')) : '1×'),
    onRing ? 'as fast as the stock window' : 'the baseline',
  );
}

/** A bar is as long as its median is to the slower one of the two windows. */
function row(
  { id, title, detail }: (typeof scenarios)[number],
  own: Figures | undefined,
  onRing: boolean,
): HTMLElement {
  const figure = samples.figure(id);
  const bar = make('div', 'bar');
  const slower = Math.max(rival?.[id].p50 ?? 0, figure?.p50 ?? 0);
  bar.style.width = figure ? `${(100 * figure.p50) / slower}%` : '0';
  const factor = rival && own ? times(onRing ? ratio(rival, own, id) : 1) : '';
  return make(
    'tr',
    '',
    make('td', '', title, make('small', '', detail)),
    make('td', '', bar),
    make('td', '', figure ? duration(figure.p50) : '–'),
    make('td', '', figure ? duration(figure.p99) : '–'),
    make('td', '', factor),
  );
}

function showError(message: string): void {
  document.body.classList.add('bad');
  element('carrier').textContent = message;
}
