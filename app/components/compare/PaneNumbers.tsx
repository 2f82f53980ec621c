import { numberText } from '../../../src/pipeline/captions';
import type { NumberKey } from '../../../src/pipeline/numbers';
import type { Pane } from '../../store/panes';
import { NUMBER_KEYS } from './definitions';
import { NumberNote } from './NumberNote';

/** The smallest of each number as it is written; those that are no merit are left out. */
export type Lowest = Readonly<Partial<Record<NumberKey, string>>>;

interface PaneNumbersProps {
  readonly pane: Pane;
  readonly lowest: Lowest;
}

/** All numbers of a pane in one row. */
export function PaneNumbers({ pane: { measured, request }, lowest }: PaneNumbersProps) {
  return (
    <div className="pane-numbers" role="group" aria-label="Numbers">
      {NUMBER_KEYS.map((key) => (
        <NumberNote
          key={key}
          name={key}
          numbers={measured?.numbers ?? null}
          stale={measured?.request !== request}
          lowest={measured !== null && numberText(measured.numbers, key) === lowest[key]}
        />
      ))}
    </div>
  );
}
