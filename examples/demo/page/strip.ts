import { duration } from '../labels.ts';

const floor = 1; // µs
const ceiling = 10_000;
const decades = [1, 10, 100, 1000, 10_000];
const shown = 3200;
const bins = 72;
const margin = { left: 52, right: 0, top: 10, bottom: 10 };
const histogramWidth = 104;

/** The latest calls as dots over a logarithmic axis, and how often each latency came. */
export class Strip {
  readonly #canvas: HTMLCanvasElement;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  /** `rival` is the median of the other window, in microseconds. */
  draw(microseconds: readonly number[], rival: number | undefined, rivalName: string): void {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    this.#canvas.width = width * devicePixelRatio;
    this.#canvas.height = height * devicePixelRatio;
    const pen = this.#canvas.getContext('2d');
    if (pen === null) return;
    pen.scale(devicePixelRatio, devicePixelRatio);

    const style = getComputedStyle(document.body);
    const color = (name: string): string => style.getPropertyValue(name).trim();
    const y = (time: number): number => {
      const clamped = Math.min(Math.max(time, floor), ceiling);
      const part = Math.log(clamped / floor) / Math.log(ceiling / floor);
      return height - margin.bottom - part * (height - margin.top - margin.bottom);
    };
    const histogramLeft = width - margin.right - histogramWidth;

    drawGrid(pen, y, width, color('--line'), `11px ${style.fontFamily}`, color('--faint'));
    if (rival !== undefined) {
      pen.setLineDash([3, 4]);
      horizontal(pen, margin.left, histogramLeft - 16, y(rival), color('--faint'));
      pen.setLineDash([]);
    }

    pen.fillStyle = color('--accent');
    drawDots(pen, microseconds.slice(-shown), y, histogramLeft - 16);
    drawHistogram(pen, microseconds, y, histogramLeft);

    if (rival !== undefined) {
      drawTag(pen, `${rivalName} p50`, y(rival) - 11, color('--panel'), color('--faint'));
    }
  }
}

function drawGrid(
  pen: CanvasRenderingContext2D,
  y: (time: number) => number,
  width: number,
  line: string,
  font: string,
  text: string,
): void {
  pen.font = font;
  pen.fillStyle = text;
  pen.textAlign = 'right';
  pen.textBaseline = 'middle';
  for (const time of decades) {
    horizontal(pen, margin.left, width - margin.right, y(time), line);
    pen.fillText(duration(time).replace(/\.0+/, ''), margin.left - 10, y(time));
  }
}

function horizontal(
  pen: CanvasRenderingContext2D,
  from: number,
  to: number,
  y: number,
  color: string,
): void {
  pen.strokeStyle = color;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(from, Math.round(y) + 0.5);
  pen.lineTo(to, Math.round(y) + 0.5);
  pen.stroke();
}

function drawDots(
  pen: CanvasRenderingContext2D,
  times: readonly number[],
  y: (time: number) => number,
  right: number,
): void {
  pen.globalAlpha = 0.55;
  times.forEach((time, index) => {
    const x = margin.left + 4 + (index / shown) * (right - margin.left - 4);
    pen.fillRect(x, y(time) - 1, 1.75, 1.75);
  });
  pen.globalAlpha = 1;
}

/** On a ground of its own, so that it can be read among dots. */
function drawTag(
  pen: CanvasRenderingContext2D,
  text: string,
  y: number,
  ground: string,
  color: string,
): void {
  pen.textAlign = 'left';
  const { width } = pen.measureText(text);
  pen.fillStyle = ground;
  pen.fillRect(margin.left + 2, y - 8, width + 8, 16);
  pen.fillStyle = color;
  pen.fillText(text, margin.left + 6, y);
}

/** Bars lie on the axis of the dots; the longest has the whole width. */
function drawHistogram(
  pen: CanvasRenderingContext2D,
  times: readonly number[],
  y: (time: number) => number,
  left: number,
): void {
  const top = y(ceiling);
  const step = (y(floor) - top) / bins;
  const counts = new Array<number>(bins).fill(0);
  for (const time of times) {
    const bin = Math.min(bins - 1, Math.floor((y(time) - top) / step));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const most = Math.max(...counts, 1);
  counts.forEach((count, bin) => {
    if (count === 0) return;
    pen.fillRect(left, top + bin * step, Math.max(1, (count / most) * histogramWidth), step - 0.5);
  });
}
