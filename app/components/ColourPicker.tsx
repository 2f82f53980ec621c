import type { ColourMode } from '../../src/pipeline/request';
import { Segments } from './Segments';
import { useApp, useAppStore } from './use-app';

const MODES: readonly { readonly value: ColourMode; readonly name: string; readonly does: string }[] = [
  { value: 'style', name: 'Style', does: 'Colours come with the style.' },
  { value: 'recolour', name: 'Photo', does: 'The result has the photo’s palette.' },
  { value: 'lightness', name: 'Hues', does: 'Every spot keeps its hue; light and dark come with the style.' },
  { value: 'only', name: 'Only', does: 'Nothing but the colours changes; every shape stays.' },
];

/** Whose colours the result has. */
export function ColourPicker() {
  const store = useAppStore();
  const colour = useApp((state) => state.settings.colour);
  return (
    <div className="norms">
      <Segments
        title="Colours"
        group="colour"
        choices={MODES}
        value={colour}
        onChange={(mode) => store.getState().set({ colour: mode })}
      />
    </div>
  );
}
