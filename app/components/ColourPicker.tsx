import { Segments } from './Segments';
import { COLOURS } from './sentences';
import { useApp, useAppStore } from './use-app';

/** Whose colours the result has. */
export function ColourPicker() {
  const store = useAppStore();
  const colour = useApp((state) => state.settings.colour);
  return (
    <div className="norms">
      <Segments
        title="Colours"
        group="colour"
        choices={COLOURS}
        value={colour}
        onChange={(mode) => store.getState().set({ colour: mode })}
      />
    </div>
  );
}
