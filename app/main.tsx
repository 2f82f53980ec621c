import '@fontsource-variable/libre-franklin/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/stage.css';
import './styles/empty.css';
import './styles/controls.css';
import './styles/strip.css';
import './styles/menus.css';
import './styles/compare.css';
import './styles/wall-pane.css';
import './styles/wall-numbers.css';
import './styles/portraits.css';
import './styles/phone.css';
import './styles/low.css';
import './styles/compare-phone.css';
import './styles/blend.css';
import './styles/paint.css';
import './styles/dialogs.css';
import './styles/batch.css';
import './styles/compact.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { connect } from '../src/pipeline/client';
import { App } from './App';
import { StoreContext } from './components/use-app';
import { keepForOffline } from './offline';
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
import { followLinks, keepSession, lastSession, restore } from './session';
import { createAppStore } from './store/store';
import { tracked } from './store/undo-slice';

const store = createAppStore(
  connect(() => new Worker(new URL('../src/pipeline/worker.ts', import.meta.url), { type: 'module' })),
);
store.getState().setTheme(rememberedTheme());
store.subscribe(({ engine, theme }, before) => {
  if (theme !== before.theme) rememberTheme(theme);
  if (engine !== before.engine && engine.status === 'ready') rememberTimings(engine.report.timings);
});
store.getState().startEngine(wishFromAddress(), rememberedTimings());

keepForOffline(store);
void begin();

/** The last visit as it was left; at first a finished example: the first sample photo in the first style. */
async function begin(): Promise<void> {
  const { open, offerPresets, rememberResult } = store.getState();
  const atStart = tracked(store.getState());
  store.subscribe(({ run }, before) => {
    if (run !== before.run && run.status === 'finished') void rememberResult();
  });
  const list = loadPresetList();
  const last = lastSession();
  const [sample] = SAMPLES;
  let name = sample?.name ?? '';
  const opened = open('photo', {
    get name() {
      return name; // known once the last visit is
    },
    get sample() {
      return name === sample?.name;
    },
    async blob() {
      const { photo } = await last;
      name = photo?.name ?? name;
      return photo?.blob ?? (await sample?.blob()) ?? new Blob();
    },
  });
  const session = await last;
  const remembers = session.setup !== null || location.hash !== '';
  if (!remembers) void list.then(offerPresets);
  await keepRecentStyles(store);
  const presets = await list;
  store.setState({ presets });
  await opened;
  await restore(store, session, atStart);
  offerPresets(presets); // and takes the first, if there is no style yet
  store.getState().clearUndo();
  keepSession(store, session);
  followLinks(store);
}

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
