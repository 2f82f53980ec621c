import '@fontsource-variable/libre-franklin/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/stage.css';
import './styles/empty.css';
import './styles/controls.css';
import './styles/strip.css';
import './styles/menus.css';
import './styles/phone.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { connect } from '../src/pipeline/client';
import { App } from './App';
import { StoreContext } from './components/use-app';
import { loadPresetList } from './preset-list';
import { keepRecentStyles } from './recent-styles';
import {
  rememberedTheme,
  rememberedTimings,
  rememberTheme,
  rememberTimings,
  wishFromAddress,
} from './remembered';
import { SAMPLES } from './samples';
import { createAppStore } from './store/store';

const store = createAppStore(
  connect(() => new Worker(new URL('../src/pipeline/worker.ts', import.meta.url), { type: 'module' })),
);
store.getState().setTheme(rememberedTheme());
store.subscribe(({ engine, theme }, before) => {
  if (theme !== before.theme) rememberTheme(theme);
  if (engine !== before.engine && engine.status === 'ready') rememberTimings(engine.report.timings);
});
store.getState().startEngine(wishFromAddress(), rememberedTimings());

// A finished example: the first sample photo in the first style.
const [first] = SAMPLES;
if (first) void store.getState().open('photo', first);
void keepRecentStyles(store);
void loadPresetList().then((presets) => store.getState().offerPresets(presets));

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <StoreContext value={store}>
        <App />
      </StoreContext>
    </StrictMode>,
  );
}
