import * as Plot from '@observablehq/plot';
import type { ChannelPortrait } from '../../../src/pipeline/numbers';

/** Before and after of one number a channel, against the style's: on the line they are equal. */
export function againstStyle(
  before: Float32Array,
  after: Float32Array,
  style: Float32Array,
  { width, label }: { readonly width: number; readonly label: string },
): Element {
  const points = (values: Float32Array) =>
    Array.from(values, (y, c) => ({ x: style[c] ?? 0, y, channel: c }));
  const all = [...before, ...after, ...style];
  const domain = [Math.min(...all), Math.max(...all)];
  return Plot.plot({
    width,
    height: width,
    marginLeft: 38,
    marginBottom: 34,
    marginTop: 10,
    marginRight: 10,
    style: { background: 'transparent', color: 'var(--ink-soft)', fontFamily: 'inherit', fontSize: '11px' },
    x: { label: `style’s ${label}`, domain, nice: true, ticks: 5, labelAnchor: 'center', labelArrow: 'none' },
    y: { label: null, domain, nice: true, ticks: 5 },
    marks: [
      Plot.line(domain, { x: (v: number) => v, y: (v: number) => v, stroke: 'var(--line-strong)' }),
      Plot.dot(points(before), { x: 'x', y: 'y', r: 2.5, stroke: 'var(--ink-soft)', strokeWidth: 1 }),
      Plot.dot(points(after), { x: 'x', y: 'y', r: 2.5, fill: 'var(--accent)' }),
    ],
  });
}

/** Which channels go together: red with, blue against. */
export function correlations({ correlation, mean }: ChannelPortrait, width: number): Element {
  const channels = mean.length;
  return Plot.plot({
    width,
    height: width,
    margin: 0,
    x: { axis: null },
    y: { axis: null, reverse: true },
    color: { type: 'diverging', scheme: 'RdBu', domain: [1, -1] },
    style: { background: 'transparent' },
    marks: [Plot.raster(correlation, { width: channels, height: channels, imageRendering: 'pixelated' })],
  });
}
