/**
 * Draws the two sample photos in colour: `npx tsx app/samples/draw.ts`. They are ours, so they can ship.
 * A valley with a lake at evening, and fruit on a table.
 */
import sharp from 'sharp';
import { clouds, noise } from './noise';

type Colour = readonly [number, number, number]; // 0..1
type Scene = (x: number, y: number) => Colour; // x in 0..1.5, y in 0..1 from the top

const [WIDTH, HEIGHT] = [960, 640];

const mix = (a: Colour, b: Colour, t: number): Colour => {
  const s = Math.min(1, Math.max(0, t));
  return [a[0] + (b[0] - a[0]) * s, a[1] + (b[1] - a[1]) * s, a[2] + (b[2] - a[2]) * s];
};
const scale = ([r, g, b]: Colour, by: number): Colour => [r * by, g * by, b * by];
const step = (from: number, to: number, v: number): number => {
  const t = Math.min(1, Math.max(0, (v - from) / (to - from)));
  return t * t * (3 - 2 * t);
};

const SUN = { x: 0.98, y: 0.3 };
const SHORE = 0.64;

function sky(x: number, y: number): Colour {
  const base = mix([0.24, 0.42, 0.68], [0.98, 0.72, 0.45], step(0, 0.55, y));
  const glow = Math.exp(-9 * Math.hypot(x - SUN.x, y - SUN.y));
  const lit = mix(base, [1, 0.9, 0.66], glow);
  const veil = step(0.5, 0.78, clouds(x * 2.2, y * 7, 3));
  const cloud = mix([0.96, 0.62, 0.5], [1, 0.93, 0.84], step(0.5, 0.9, clouds(x * 4, y * 10, 9)));
  const clouded = mix(lit, cloud, veil * 0.85);
  return mix(clouded, [1, 0.97, 0.85], step(0.045, 0.038, Math.hypot(x - SUN.x, y - SUN.y)));
}

/** Hills from far to near: crest height, colour in light and in shade. */
const HILLS = [
  { crest: 0.5, swing: 0.17, pace: 1.7, seed: 11, light: [0.66, 0.56, 0.68], shade: [0.42, 0.43, 0.6] },
  { crest: 0.57, swing: 0.14, pace: 2.6, seed: 21, light: [0.6, 0.55, 0.46], shade: [0.27, 0.35, 0.44] },
  { crest: 0.64, swing: 0.1, pace: 3.4, seed: 31, light: [0.58, 0.6, 0.24], shade: [0.16, 0.28, 0.2] },
] as const;

function land(x: number, y: number): Colour {
  let colour = sky(x, y);
  for (const { crest, swing, pace, seed, light, shade } of HILLS) {
    const ridge = (at: number): number => crest - swing * (clouds(at * pace, seed, seed) - 0.3) * 1.4;
    const top = ridge(x);
    if (y < top) continue;
    const slope = (ridge(x + 0.02) - ridge(x - 0.02)) * 12;
    const rock = clouds(x * 14, y * 22, seed) - 0.5;
    const wood = step(0.52, 0.62, clouds(x * 40, y * 60, seed + 5, 3));
    colour = mix(mix(shade, light, 0.5 - slope + rock), shade, wood * 0.6);
    colour = mix(colour, [0.95, 0.75, 0.6], 0.28 * step(top + 0.09, top, y));
  }
  return colour;
}

function valley(x: number, y: number): Colour {
  const bank = 0.86 + 0.06 * (clouds(x * 3, 1, 41) - 0.5) + 0.1 * step(0.45, 0, x);
  const edge = bank - 0.24 * step(0.5, 0, x);
  if (y > edge) return meadow(x, y, edge);
  if (y <= SHORE) return tree(x, y) ?? land(x, y);
  const depth = (y - SHORE) / (1 - SHORE);
  const ripple = (noise(x * 26, y * 150, 51) - 0.5) * 0.05 * (0.3 + depth);
  const mirrored = land(x + ripple, Math.max(0, 2 * SHORE - y + ripple));
  const water = mix(scale(mirrored, 0.88), [0.1, 0.26, 0.36], 0.25 + 0.3 * depth);
  const sparkle = step(0.8, 0.95, noise(x * 60, y * 260, 61)) * Math.exp(-30 * (x - SUN.x) ** 2);
  return tree(x, y) ?? mix(water, [1, 0.88, 0.6], sparkle);
}

function meadow(x: number, y: number, edge: number): Colour {
  const near = (y - edge) / (1.02 - edge);
  const blades = noise(x * 190 + y * 30, y * 40, 71);
  const grass = mix(
    [0.2, 0.33, 0.12],
    [0.66, 0.66, 0.24],
    blades * 0.8 + 0.3 * clouds(x * 8, y * 8, 81) - 0.2,
  );
  const flower = noise(x * 85, y * 110, 91);
  const kinds = [
    [0.86, 0.2, 0.16],
    [0.95, 0.8, 0.25],
    [0.9, 0.88, 0.92],
  ] as const;
  const kind = kinds[Math.floor(noise(x * 9, y * 9, 95) * 2.99)] ?? kinds[0];
  return mix(scale(grass, 0.7 + 0.4 * near), kind, step(0.86, 0.92, flower) * step(0.05, 0.3, near));
}

/** Firs on the left bank. */
function tree(x: number, y: number): Colour | null {
  for (const [at, foot, height] of [
    [0.1, 0.84, 0.5],
    [0.25, 0.82, 0.36],
    [0.02, 0.86, 0.42],
    [0.37, 0.82, 0.22],
  ] as const) {
    const up = (foot - y) / height;
    if (up < 0 || up > 1) continue;
    const tier = 0.65 + 0.35 * ((up * 9) % 1);
    const half = height * 0.2 * (1 - up) * tier * (0.8 + 0.4 * noise(y * 90, at * 50, 101));
    if (Math.abs(x - at) > half + 0.002) continue;
    const lit = step(-1, 1.4, (x - at) / (half + 0.01)) * noise(x * 160, y * 120, 111);
    return mix([0.05, 0.12, 0.1], [0.42, 0.46, 0.2], lit);
  }
  return null;
}

const LIGHT = normal([-0.55, -0.7, 0.62]);
const FRUIT = [
  { x: 0.52, y: 0.55, r: 0.17, skin: [0.86, 0.13, 0.1], spots: [0.95, 0.62, 0.2], grain: 3, name: 'apple' },
  {
    x: 0.85,
    y: 0.6,
    r: 0.155,
    skin: [0.97, 0.55, 0.08],
    spots: [0.9, 0.42, 0.05],
    grain: 60,
    name: 'orange',
  },
  {
    x: 1.12,
    y: 0.64,
    r: 0.115,
    skin: [0.97, 0.85, 0.2],
    spots: [0.82, 0.72, 0.12],
    grain: 34,
    name: 'lemon',
  },
  { x: 0.7, y: 0.735, r: 0.085, skin: [0.36, 0.14, 0.36], spots: [0.5, 0.36, 0.6], grain: 12, name: 'plum' },
  { x: 0.34, y: 0.74, r: 0.09, skin: [0.5, 0.62, 0.16], spots: [0.72, 0.66, 0.22], grain: 16, name: 'lime' },
] as const;

function normal([x, y, z]: Colour): Colour {
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
}

function fruit(x: number, y: number): Colour {
  for (const { x: cx, y: cy, r, skin, spots, grain } of [...FRUIT].sort((a, b) => b.y + b.r - a.y - a.r)) {
    const [dx, dy] = [(x - cx) / r, (y - cy) / r];
    const d = dx * dx + dy * dy;
    if (d > 1) continue;
    const z = Math.sqrt(1 - d);
    const facing = Math.max(0, dx * LIGHT[0] + dy * LIGHT[1] + z * LIGHT[2]);
    const shine = Math.max(0, 2 * facing * z - LIGHT[2]) ** 24;
    const bounce = 0.16 * Math.max(0, dy) * (1 - z);
    const turn = clouds(Math.atan2(dx, z) * grain * 0.4, dy * grain * 0.25, grain, 4);
    const body = scale(mix(skin, spots, step(0.45, 0.75, turn)), 0.16 + 0.95 * facing);
    return mix(
      [body[0] + bounce, body[1] + bounce * 0.7, body[2] + bounce * 0.4],
      [1, 0.98, 0.92],
      shine * 0.8,
    );
  }
  return table(x, y);
}

function table(x: number, y: number): Colour {
  let shadow = 0;
  for (const { x: cx, y: cy, r } of FRUIT) {
    const [dx, dy] = [(x - cx - r * 0.75) / (r * 1.5), (y - cy - r * 0.86) / (r * 0.42)];
    shadow = Math.max(shadow, step(1.15, 0.3, Math.hypot(dx, dy)));
  }
  const edge = 0.6 + 0.012 * noise(x * 4, 1, 7);
  if (y < edge) {
    const wall = mix([0.1, 0.2, 0.24], [0.3, 0.46, 0.46], Math.exp(-2.6 * Math.hypot(x - 0.25, y - 0.1)));
    return scale(wall, 0.72 + 0.55 * clouds(x * 5, y * 5, 17));
  }
  const folds = Math.sin((x * 0.8 + y * 1.6 + 0.4 * clouds(x * 2, y * 3, 27)) * 22) * 0.5 + 0.5;
  const weave = noise(x * 240, y * 240, 37) * 0.12;
  const stripe = Math.abs(((x * 3.1 + y * 0.9 + 10) % 1) - 0.5) < 0.05 ? 1 : 0;
  const cloth = mix([0.93, 0.88, 0.78], [0.2, 0.34, 0.6], stripe * 0.8);
  return scale(cloth, (0.62 + 0.3 * folds + weave) * (1 - 0.68 * shadow) * (1.12 - 0.35 * Math.abs(x - 0.5)));
}

async function save(name: string, scene: Scene): Promise<void> {
  const data = Buffer.alloc(WIDTH * HEIGHT * 3);
  for (let row = 0; row < HEIGHT; row++) {
    for (let column = 0; column < WIDTH; column++) {
      const grain = (noise(column * 1.7, row * 1.7, 5) - 0.5) * 0.03; // film
      const colour = scene(column / HEIGHT, row / HEIGHT).map(
        (v) => Math.min(1, Math.max(0, v + grain)) * 255,
      );
      data.set(colour, (row * WIDTH + column) * 3);
    }
  }
  const file = new URL(`${name}.webp`, import.meta.url).pathname;
  await sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .webp({ quality: 82 })
    .toFile(file);
}

await save('valley', valley);
await save('fruit', fruit);
