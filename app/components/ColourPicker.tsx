import type { ColourMode } from '../../src/pipeline/request';
import { useApp, useAppStore } from './use-app';

const MODES: readonly { readonly mode: ColourMode; readonly name: string; readonly does: string }[] = [
  { mode: 'style', name: 'Style', does: 'Colours come with the style.' },
  { mode: 'recolour', name: 'Photo', does: 'The result has the photo’s palette.' },
  { mode: 'lightness', name: 'Hues', does: 'Every spot keeps its hue; light and dark come with the style.' },
  { mode: 'only', name: 'Only', does: 'Nothing but the colours changes; every shape stays.' },
];

/** Whose colours the result has: one row to choose from, one sentence on the chosen one. */
export function ColourPicker() {
  const store = useAppStore();
  const colour = useApp((state) => state.settings.colour);
  return (
    <div className="norms">
      <h2 id="colour-title">Colours</h2>
      <div className="segments" role="radiogroup" aria-labelledby="colour-title">
        {MODES.map(({ mode, name, does }) => (
          <label key={mode} className="segment norm" title={does}>
            <input
              type="radio"
              name="colour"
              className="radio"
              aria-label={name}
              aria-description={does}
              checked={colour === mode}
              onChange={() => store.getState().set({ colour: mode })}
            />
            {name}
          </label>
        ))}
      </div>
      <div className="norm-notes" aria-hidden="true">
        {MODES.map(({ mode, does }) => (
          <p key={mode} className="slider-note" data-shown={colour === mode}>
            {does}
          </p>
        ))}
      </div>
    </div>
  );
}
