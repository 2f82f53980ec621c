import { Announcer } from './components/Announcer';
import { Wall } from './components/compare/Wall';
import { ControlPanel } from './components/ControlPanel';
import { DropAnywhere } from './components/DropAnywhere';
import { StyleStrip } from './components/StyleStrip';
import { TopBar } from './components/TopBar';
import { useApp } from './components/use-app';
import { useTheme } from './components/use-theme';
import { useTitle } from './components/use-title';
import { Viewer } from './components/Viewer';

export function App() {
  useTheme();
  useTitle();
  const comparing = useApp((state) => state.comparing);
  return (
    <DropAnywhere>
      <TopBar />
      <main className="work" data-comparing={comparing}>
        <h1 className="visually-hidden">Statistyle: restyle a photo</h1>
        {comparing ? <Wall /> : <Viewer />}
        <StyleStrip />
        {!comparing && <ControlPanel />}
      </main>
      <Announcer />
    </DropAnywhere>
  );
}
