import { Plus, Trash2 } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { useRef } from 'react';
import { sizeAt } from '../../src/pipeline/size';
import { MOST_REGIONS, type PaintedRegion } from '../store/regions-slice';
import { styleName } from '../store/style';
import { BrushTools } from './BrushTools';
import { changedMask, maskCanvas, maskFile, maskSize } from './mask-canvas';
import { useApp, useAppStore } from './use-app';

/** While regions are painted: which one, its style, and the brush. It stands where the other controls do. */
export function PaintPanel({ painting }: { readonly painting: number }) {
  const store = useAppStore();
  const regions = useApp((state) => state.regions);
  const unpainted = useApp((state) => state.unpainted);
  const { paint, selectRegion, addRegion, setUnpainted } = store.getState();
  const region = regions.find(({ id }) => id === painting);
  return (
    <aside className="panel" aria-label="Painting">
      <div className="panel-top">
        <h2>Regions</h2>
        <button type="button" className="button primary" onClick={() => paint(false)}>
          Done
        </button>
      </div>
      {region && <BrushTools />}
      <div className="regions">
        <ToggleGroup.Root
          className="region-list"
          type="single"
          aria-label="Regions"
          value={String(painting)}
          onValueChange={(value) => value !== '' && selectRegion(Number(value))}
        >
          {regions.map((one, k) => (
            <ToggleGroup.Item key={one.id} value={String(one.id)} className="region">
              <span>Region {k + 1}</span>
              <span className="note">{stylesWords(one)}</span>
            </ToggleGroup.Item>
          ))}
        </ToggleGroup.Root>
        <button
          type="button"
          className="button"
          disabled={regions.length >= MOST_REGIONS}
          onClick={addRegion}
        >
          <Plus /> Another region
        </button>
      </div>
      {region ? <RegionTools region={region} /> : <p className="note">Add a region to paint.</p>}
      <fieldset className="choice">
        <legend>Outside the regions</legend>
        {(['photo', 'styles'] as const).map((shows) => (
          <label key={shows}>
            <input
              type="radio"
              name="unpainted"
              checked={unpainted === shows}
              onChange={() => setUnpainted(shows)}
            />
            {shows === 'photo' ? 'The photo, untouched' : 'The chosen style'}
          </label>
        ))}
      </fieldset>
    </aside>
  );
}

function stylesWords({ styles, mask }: PaintedRegion): string {
  const names = styles.map(({ style }) => styleName(style)).join(', ');
  return mask ? names : `${names} (not painted yet)`;
}

function RegionTools({ region }: { readonly region: PaintedRegion }) {
  const store = useAppStore();
  const photo = useApp((state) => state.photo);
  const workingSize = useApp((state) => state.settings.workingSize);
  const blends = useApp((state) => state.others.length > 0 && region.styles.length < 2);
  const file = useRef<HTMLInputElement>(null);
  const { setMask, dropRegion, styleRegion } = store.getState();
  if (!photo) return null;
  const size = maskSize(sizeAt(photo.size, workingSize));
  const blob = region.mask?.blob ?? null;
  const change = (how: 'fill' | 'invert' | 'clear'): void =>
    void changedMask(size, blob, how).then((mask) => setMask(region.id, mask));
  /** One that cannot be drawn goes on as it is, to be refused with the reason. */
  const take = (mask: File): Promise<boolean> =>
    maskCanvas(size, mask)
      .then(maskFile)
      .catch(() => mask)
      .then((drawn) => setMask(region.id, drawn));
  return (
    <>
      <p className="slider-note">Paint over the picture, and choose the region’s style under the picture.</p>
      {blends && (
        <button type="button" className="button" onClick={() => styleRegion(region.id, 'blend')}>
          Give it the whole blend
        </button>
      )}
      <div className="tool-row">
        <button type="button" className="button" onClick={() => change('fill')}>
          Fill
        </button>
        <button type="button" className="button" onClick={() => change('invert')}>
          Invert
        </button>
        <button type="button" className="button" disabled={!region.mask} onClick={() => change('clear')}>
          Clear
        </button>
        <button type="button" className="button" onClick={() => file.current?.click()}>
          From a file
        </button>
        <input
          ref={file}
          type="file"
          hidden
          accept="image/*"
          aria-label="Mask file"
          onChange={({ currentTarget }) => {
            const [mask] = currentTarget.files ?? [];
            if (mask) void take(mask);
            currentTarget.value = '';
          }}
        />
        <button
          type="button"
          className="icon-button"
          aria-label="Remove this region"
          title="Remove this region"
          onClick={() => dropRegion(region.id)}
        >
          <Trash2 />
        </button>
      </div>
    </>
  );
}
