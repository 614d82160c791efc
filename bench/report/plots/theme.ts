/** How every plot looks. */
import type { Config } from 'vega-lite';
import type { ContenderRecord } from '../../harness/results.ts';

export const ink = '#1f2933';
const soft = '#616e7c';
/** Names without quotes: some SVG renderers do not find a quoted one, and fall back to a serif. */
const font = 'Inter, Segoe UI, Helvetica Neue, Arial, DejaVu Sans, sans-serif';

export const theme: Config = {
  background: '#ffffff',
  padding: 24,
  font,
  title: {
    anchor: 'start',
    frame: 'bounds',
    color: ink,
    fontSize: 19,
    fontWeight: 600,
    subtitleColor: soft,
    subtitleFontSize: 11.5,
    subtitleLineHeight: 17,
    subtitlePadding: 8,
    offset: 20,
  },
  view: { stroke: null },
  axis: {
    domain: false,
    ticks: false,
    gridColor: '#e9edf1',
    labelColor: soft,
    labelFontSize: 11.5,
    labelPadding: 8,
    labelFlush: false,
    titleColor: soft,
    titleFontSize: 11.5,
    titleFontWeight: 'normal',
  },
  axisY: {
    labelColor: ink,
    labelFontSize: 12.5,
    labelLimit: 400,
    tickBand: 'extent',
    labelPadding: 14,
  },
  legend: {
    orient: 'top',
    direction: 'horizontal',
    title: null,
    labelColor: ink,
    labelFontSize: 12.5,
    symbolType: 'circle',
    symbolSize: 110,
    symbolStrokeWidth: 0,
    symbolOpacity: 1,
    labelLimit: 300,
    columnPadding: 22,
    columns: 3,
    offset: 12,
  },
};

const known: Readonly<Record<string, string>> = {
  stock: '#8695a7',
  'child-json': '#b6c0cb',
  'child-advanced': '#7f8fa1',
  'unix-socket': '#4c78d8',
  'message-port': '#1fa187',
  synckit: '#9c5fc4',
  ringwire: '#e8590c',
};
const others = ['#c2a21a', '#d6336c', '#3bc9db', '#5c940d'];

/** A colour for each contender, ringwire's always the same. */
export function colours(contenders: readonly ContenderRecord[]): string[] {
  let next = 0;
  return contenders.map(({ id }) => known[id] ?? others[next++ % others.length] ?? ink);
}
