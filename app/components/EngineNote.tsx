import type { BackendWish } from '../../src/pipeline/choose-backend';
import { backendWords } from './sentences';
import { useApp, useAppStore } from './use-app';

const WISHES: readonly { readonly wish: BackendWish; readonly label: string }[] = [
  { wish: 'auto', label: 'Automatic' },
  { wish: 'webgpu', label: 'WebGPU' },
  { wish: 'wasm', label: 'WebAssembly' },
];

/** Which backend runs and why, and a way to choose another. */
export function EngineNote() {
  const store = useAppStore();
  const engine = useApp((state) => state.engine);
  const wished = useApp((state) => state.backendWish);
  return (
    <div className="engine">
      <label className="engine-row">
        <span>Engine</span>
        <select
          value={wished}
          onChange={({ currentTarget }) => {
            const chosen = WISHES.find(({ wish }) => wish === currentTarget.value);
            if (chosen) store.getState().startEngine(chosen.wish);
          }}
        >
          {WISHES.map(({ wish, label }) => (
            <option key={wish} value={wish}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <p className="engine-why">
        {engine.status === 'ready'
          ? backendWords(engine.report)
          : engine.status === 'loading'
            ? 'Starting.'
            : 'Not running.'}
      </p>
      <p className="engine-why">Your pictures stay on this device.</p>
    </div>
  );
}
