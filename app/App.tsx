import { Announcer } from './components/Announcer';
import { ControlPanel } from './components/ControlPanel';
import { DropAnywhere } from './components/DropAnywhere';
import { StyleStrip } from './components/StyleStrip';
import { TopBar } from './components/TopBar';
import { useTheme } from './components/use-theme';
import { useTitle } from './components/use-title';
import { Viewer } from './components/Viewer';

export function App() {
  useTheme();
  useTitle();
  return (
    <DropAnywhere>
      <TopBar />
      <main className="work">
        <h1 className="visually-hidden">Statistyle: restyle a photo</h1>
        <Viewer />
        <StyleStrip />
        <ControlPanel />
      </main>
      <Announcer />
    </DropAnywhere>
  );
}
