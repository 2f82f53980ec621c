import { ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { csvOf } from '../../../src/pipeline/captions';
import { inOrder, isCurrent, wallProgress, withoutOlder, type Pane } from '../../store/panes';
import { fileName } from '../../store/save-slice';
import { mixOf } from '../../store/mix-slice';
import { normOf } from '../../store/settings-slice';
import type { AppState } from '../../store/store';
import { styleName } from '../../store/style';
import { copyLink } from '../copy-link';
import { download } from '../SaveMenu';
import { useApp, useAppStore } from '../use-app';
import { useSaid } from '../use-said';
import { drawWall } from './draw-wall';
import { wallWords } from './wall-words';

/** Saves the wall as one labelled picture, its numbers as a table, and gives a link to it. */
export function WallMenu() {
  const store = useAppStore();
  const ready = useApp(({ panes }) => panes.some(isCurrent) && !wallProgress(panes).busy);
  const [said, setSaid] = useSaid();

  function save(blob: Blob | null, ending: string): void {
    if (!blob) return setSaid('There is no picture to save yet.');
    download(new File([blob], nameFor(store.getState(), ending), { type: blob.type }));
    setSaid(`Saved as ${ending.toUpperCase()}`);
  }

  async function saveWall(): Promise<void> {
    const state = store.getState();
    const blob = await drawWall(panesToSave(state), wallWords(state), state.photo?.preview ?? null);
    save(blob, 'png');
  }

  return (
    <div className="save">
      <span className="save-said" role="status">
        {said}
      </span>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className="button primary" disabled={!ready}>
          Save <ChevronDown />
        </DropdownMenu.Trigger>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6} aria-label="Save">
          <DropdownMenu.Item className="menu-item" onSelect={() => void saveWall()}>
            All panes as one PNG
          </DropdownMenu.Item>
          <DropdownMenu.Item
            className="menu-item"
            onSelect={() => save(new Blob([tableOf(store.getState())], { type: 'text/csv' }), 'csv')}
          >
            The numbers as CSV
          </DropdownMenu.Item>
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.Item
            className="menu-item"
            onSelect={() => void copyLink(store.getState()).then(setSaid)}
          >
            Copy a link to this wall
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Root>
    </div>
  );
}

const stylesName = (state: AppState): string =>
  mixOf(state)
    .map(({ style }) =>
      style.kind === 'preset' ? `${style.preset.artist}: ${style.preset.title}` : styleName(style),
    )
    .join(' + ');

function nameFor({ photo, style }: AppState, ending: string): string {
  return fileName(photo?.name ?? '', `${styleName(style).replace(/\.[^.]+$/, '')} norms`, ending);
}

/** In the order shown, what is made of their settings as they are. */
const panesToSave = ({ panes, order }: AppState): readonly Pane[] => inOrder(panes, order).map(withoutOlder);

function tableOf(state: AppState): string {
  const { photo, engine } = state;
  const measured = panesToSave(state).flatMap((pane) => {
    const { picture, measured: found, settings } = pane;
    if (!picture || !found) return [];
    return [
      { norm: normOf(settings), strength: settings.strength, numbers: found.numbers, image: picture.image },
    ];
  });
  const [first] = measured;
  return csvOf(measured, {
    photo: photo?.name ?? '',
    style: stylesName(state),
    width: first?.image.width ?? 0,
    height: first?.image.height ?? 0,
    backend: engine.status === 'ready' ? engine.report.running : '',
  });
}
