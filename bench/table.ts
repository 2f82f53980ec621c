import type { Machine } from './machine';
import type { Row } from './summary';

/** Results as a reader wants them: where, then one line for each racer and size. Markdown. */
export function tableOf(machine: Machine, rows: readonly Row[]): string {
  const { cpu, cores, threads, node, tfjs, wasm, load } = machine;
  const head = [
    'network',
    'size, px',
    'MACs a pixel',
    'parameters',
    'cold, ms',
    'warm, ms',
    'quartiles, ms',
    'runs',
    'times ours',
    'GMAC/s',
    'WebGPU',
  ];
  const body = rows.map(({ title, size, cost, cold, warm: [low, median, high], runs, ratio }) => [
    title,
    `${size}`,
    whole(cost.macs),
    whole(cost.parameters),
    whole(cold),
    whole(median),
    `${whole(low)} to ${whole(high)}`,
    `${runs}`,
    ratio.toFixed(2),
    ((cost.macs * size ** 2) / median / 1e6).toFixed(1),
    'not measured',
  ]);
  const stages = rows.flatMap(({ title, size, stages }) =>
    stages
      ? [
          `${title} at ${size} px by stage: encode ${whole(stages.encode)} ms, edit ${whole(stages.edit)} ms, decode ${whole(stages.decode)} ms.`,
        ]
      : [],
  );
  return [
    `${cpu}, ${cores} cores, wasm on ${threads} ${threads === 1 ? 'thread' : 'threads'}; Node ${node}, tfjs ${tfjs}, tfjs-backend-wasm ${wasm}; load average before the first run ${load.toFixed(1)}.`,
    '',
    line(head),
    line(head.map(() => '---')),
    ...body.map(line),
    '',
    ...stages,
    '',
  ].join('\n');
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const whole = (value: number): string => Math.round(value).toLocaleString('en');
