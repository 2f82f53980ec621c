import { ArrowUpNarrowWide } from 'lucide-react';
import { Popover } from 'radix-ui';
import { NUMBER_NAMES, numberText } from '../../../src/pipeline/captions';
import type { NumberKey, Numbers } from '../../../src/pipeline/numbers';
import { seconds } from '../announcement';
import { useApp, useAppStore } from '../use-app';
import { DEFINITIONS } from './definitions';

interface NumberNoteProps {
  readonly name: NumberKey;
  readonly numbers: Numbers | null;
  readonly stale: boolean; // of an older picture
  readonly lowest: boolean; // of the wall, lower being better
}

/** A number under a pane; what it is, with its formula, is one click away. */
export function NumberNote({ name, numbers, stale, lowest }: NumberNoteProps) {
  const store = useAppStore();
  const sorted = useApp((state) => state.order === name);
  const { short, says, formula, why } = DEFINITIONS[name];
  const text = numbers ? numberText(numbers, name) : '–';
  return (
    <Popover.Root>
      <Popover.Trigger
        className="number"
        data-stale={stale}
        data-lowest={lowest}
        data-sorted={sorted}
        aria-label={`${NUMBER_NAMES[name]}: ${numbers ? text : 'not measured yet'}${lowest ? ', the lowest' : ''}`}
      >
        <span className="number-name">{short}</span>
        <span className="number-value">{text}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="note-card"
          side="top"
          sideOffset={6}
          collisionPadding={8}
          aria-label={NUMBER_NAMES[name]}
        >
          <h2>{NUMBER_NAMES[name]}</h2>
          <p>{says}</p>
          <div
            className="formula"
            dangerouslySetInnerHTML={{ __html: `<math display="block">${formula}</math>` }}
          />
          {name === 'ms' && numbers && <Stages numbers={numbers} />}
          <p className="note">{why}</p>
          <Popover.Close className="button" disabled={sorted} onClick={() => store.getState().setOrder(name)}>
            <ArrowUpNarrowWide /> {sorted ? 'Sorted by this' : 'Sort by this'}
          </Popover.Close>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Stages({ numbers: { ms } }: { readonly numbers: Numbers }) {
  return (
    <dl className="stages">
      <dt>encode</dt>
      <dd>{seconds(ms.encoding)}</dd>
      <dt>normalise</dt>
      <dd>{ms.normalising < 10 ? `${ms.normalising.toFixed(1)} ms` : seconds(ms.normalising)}</dd>
      <dt>decode</dt>
      <dd>{seconds(ms.decoding)}</dd>
    </dl>
  );
}
