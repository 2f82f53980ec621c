import { AudioWaveform, X } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import type { Picture as OpenPicture, PresetItem } from '../store/picture';
import type { LoadedStyle } from '../store/style';
import { Picture } from './Picture';
import { useAppStore } from './use-app';

const SWATCH_SIDE = 192; // px

interface InBlend {
  readonly inBlend?: boolean; // marked, and not to be chosen again
  readonly percent?: number | undefined; // its share of the blend that is shown
}

/** The second line of a tile: what it is, or its part in the blend. */
function Line({ inBlend, percent, otherwise }: InBlend & { readonly otherwise: string }) {
  const part = percent === undefined ? 'in the blend' : `${percent} % of the blend`;
  return <span className="tile-title">{inBlend || percent !== undefined ? part : otherwise}</span>;
}

/** A picture of one's own. */
export function OwnTile({
  picture: { id, name, preview },
  inBlend = false,
  percent,
}: InBlend & { readonly picture: OpenPicture }) {
  const store = useAppStore();
  return (
    <div className="tile" data-blended={percent !== undefined}>
      <ToggleGroup.Item value={String(id)} className="tile-button" disabled={inBlend} title={name}>
        <span className="swatch">
          <Picture image={preview} name="" side={SWATCH_SIDE} />
        </span>
        <span className="tile-name">{name}</span>
        <Line inBlend={inBlend} percent={percent} otherwise="your picture" />
      </ToggleGroup.Item>
      <button
        type="button"
        className="tile-remove"
        aria-label={`Forget ${name}`}
        onClick={({ currentTarget }) => {
          focusNeighbour(currentTarget);
          store.getState().forgetRecent(id);
        }}
      >
        <X />
      </button>
    </div>
  );
}

/** A style from a file or a set: statistics have no picture to show. */
export function LoadedTile({
  style: { picture, data },
  inBlend = false,
  percent,
}: InBlend & { readonly style: LoadedStyle }) {
  const store = useAppStore();
  return (
    <div className="tile" data-blended={percent !== undefined}>
      <ToggleGroup.Item value={String(picture)} className="tile-button" disabled={inBlend} title={data.name}>
        <span className="swatch">
          <AudioWaveform />
        </span>
        <span className="tile-name">{data.name}</span>
        <Line inBlend={inBlend} percent={percent} otherwise="statistics" />
      </ToggleGroup.Item>
      <button
        type="button"
        className="tile-remove"
        aria-label={`Forget ${data.name}`}
        onClick={({ currentTarget }) => {
          focusNeighbour(currentTarget);
          store.getState().forgetData(picture);
        }}
      >
        <X />
      </button>
    </div>
  );
}

/** A painter's style; the swatch was painted by our own network. */
export function PresetTile({ preset, inBlend = false, percent }: InBlend & { readonly preset: PresetItem }) {
  const { id, artist, title, year, swatch } = preset;
  const work = year === undefined ? title : `${title}, ${year}`;
  return (
    <div className="tile" data-blended={percent !== undefined}>
      <ToggleGroup.Item value={id} className="tile-button" disabled={inBlend} title={`${artist}: ${work}`}>
        <span className="swatch">
          <img src={swatch} alt="" loading="lazy" width={SWATCH_SIDE} height={SWATCH_SIDE} />
        </span>
        <span className="tile-name">{artist}</span>
        <Line inBlend={inBlend} percent={percent} otherwise={work} />
      </ToggleGroup.Item>
    </div>
  );
}

/** A tile that goes leaves the focus to the next one, the last to the one before. */
function focusNeighbour(button: HTMLElement): void {
  const tile = button.closest('.tile');
  const next = tile?.nextElementSibling ?? tile?.previousElementSibling;
  next?.querySelector<HTMLElement>('.tile-button')?.focus();
}
