import type { PlacedRow, Results } from './bench';
import { deviceTitle } from './device';
import { PLACES } from './places';

const HEAD = [
  'network',
  'where',
  'size, px',
  'MACs a pixel',
  'parameters',
  'cold, ms',
  'warm, ms',
  'quartiles, ms',
  'runs',
  'times ours',
  'CPU, ms',
  'CPU, times ours',
  'GMAC/s',
  'on a GPU, ms',
];

/**
 * Results as a reader wants them: on what, then one line for each racer, place and size. Markdown.
 * @param chromium its version, if it ran
 */
export function tableOf({ machine, rows, absent }: Results, chromium?: string): string {
  const { cpu, cores, node, tfjs, wasm, onnxruntime, load } = machine;
  const body = rows.map((row) => {
    const { title, size, cost, cold, warm, runs, ratio, cpu } = row;
    const [low, median, high] = warm;
    return [
      title,
      whereOf(row),
      `${size}`,
      whole(cost.macs),
      whole(cost.parameters),
      whole(cold),
      whole(median),
      `${whole(low)} to ${whole(high)}`,
      `${runs}`,
      ratio.toFixed(2),
      cpu ? whole(cpu.ms) : 'not told',
      cpu ? cpu.ratio.toFixed(2) : 'not told',
      ((cost.macs * size ** 2) / median / 1e6).toFixed(1),
      onGpu(row, rows),
    ];
  });
  const stages = rows.flatMap((row) =>
    row.stages
      ? [
          `${row.title} at ${row.size} px by stage (${whereOf(row)}): encode ${whole(row.stages.encode)} ms, edit ${whole(row.stages.edit)} ms, decode ${whole(row.stages.decode)} ms.`,
        ]
      : [],
  );
  return [
    `${cpu}, ${cores} cores; Node ${node}${chromium ? `, Chromium ${chromium}` : ''}, tfjs ${tfjs}, tfjs-backend-wasm ${wasm}, onnxruntime-web ${onnxruntime}; load average before the first run ${load.toFixed(1)}.`,
    '',
    line(HEAD),
    line(HEAD.map(() => '---')),
    ...body.map(line),
    '',
    ...stages,
    ...absent.map(({ place, reason }) => `Not measured: ${place} (${reason}).`),
    '',
  ].join('\n');
}

function whereOf({ place, device }: PlacedRow): string {
  return `${PLACES[place]}, ${deviceTitle(device)}`;
}

/** The same network and size on a GPU that is one, in the same program. */
function onGpu({ name, size, place }: PlacedRow, rows: readonly PlacedRow[]): string {
  const found = rows.find(
    ({ device, ...other }) =>
      other.name === name &&
      other.size === size &&
      PLACES[other.place] === PLACES[place] &&
      device.backend === 'webgpu' &&
      device.gpu.kind === 'hardware',
  );
  return found ? whole(found.warm[1]) : 'not measured';
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const whole = (value: number): string => Math.round(value).toLocaleString('en');
