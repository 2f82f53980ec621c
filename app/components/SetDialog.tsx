import { useState } from 'react';
import type { StyleSet } from '../../src/pipeline/style-set';
import { failureWords } from './sentences';
import { PlainDialog, type PlainDialogProps } from './PlainDialog';
import { useApp, useAppStore } from './use-app';

/** Many pictures becoming one style: how far it is, which differ, and what to take. */
export function SetDialog({ home }: Pick<PlainDialogProps, 'home'>) {
  const store = useAppStore();
  const state = useApp(({ styleSet }) => styleSet);
  const { cancelSet } = store.getState();
  return (
    <PlainDialog
      title="One style of many pictures"
      open={state.status !== 'none'}
      home={home}
      onClose={cancelSet}
    >
      {state.status === 'working' && (
        <>
          <p role="status">
            Reading {state.count} pictures: {Math.round(state.done * 100)} %
          </p>
          <progress className="set-progress" aria-label="Pictures read" value={state.done} />
          <button type="button" className="button" onClick={cancelSet}>
            Cancel
          </button>
        </>
      )}
      {state.status === 'failed' && (
        <p role="alert">
          {failureWords(state.failure).what} {failureWords(state.failure).next}
        </p>
      )}
      {state.status === 'done' && <Done set={state.set} />}
    </PlainDialog>
  );
}

function Done({ set }: { readonly set: StyleSet }) {
  const store = useAppStore();
  const [which, setWhich] = useState<'pooled' | 'typical'>('pooled');
  const outliers = set.members.filter(({ outlier }) => outlier);
  return (
    <>
      <fieldset className="choice">
        <legend>Which style?</legend>
        <label>
          <input type="radio" name="set" checked={which === 'pooled'} onChange={() => setWhich('pooled')} />
          All {set.members.length} together
        </label>
        <label>
          <input type="radio" name="set" checked={which === 'typical'} onChange={() => setWhich('typical')} />
          The most typical one: {set.typical.name}
        </label>
      </fieldset>
      {outliers.length > 0 && (
        <p>
          Unlike the others: {outliers.map(({ name }) => name).join(', ')}. Leave{' '}
          {outliers.length > 1 ? 'them' : 'it'} out and choose again if{' '}
          {outliers.length > 1 ? 'they do' : 'it does'} not belong.
        </p>
      )}
      {set.unreadable.length > 0 && <p>Not readable as pictures: {set.unreadable.join(', ')}.</p>}
      <details>
        <summary>How far each is from the most typical one</summary>
        <ul className="members">
          {[...set.members]
            .sort((a, b) => a.distance - b.distance)
            .map(({ name, distance, outlier }, k) => (
              <li key={k} data-outlier={outlier}>
                <span>{name}</span>
                <span>{distance.toFixed(2)}</span>
              </li>
            ))}
        </ul>
      </details>
      <button type="button" className="button primary" onClick={() => store.getState().useSet(which)}>
        Use as the style
      </button>
    </>
  );
}
