import { Plus, X } from 'lucide-react';
import { Slider } from 'radix-ui';
import { useEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import { mixOf, MOST_STYLES } from '../store/mix-slice';
import { ignoresStyle } from '../store/settings-slice';
import { percents } from '../store/shares';
import { styleName, styleValue, type StyleWeight } from '../store/style';
import { NumberSlider } from './NumberSlider';
import { StyleDialog } from './StyleDialog';
import { useApp, useAppStore } from './use-app';
import { useDrag } from './use-drag';

/** The styles of the blend and their shares; one style alone only offers to blend another in. */
export function BlendPanel() {
  const store = useAppStore();
  const style = useApp((state) => state.style);
  const others = useApp((state) => state.others);
  const ignored = useApp(ignoresStyle);
  const panel = useFocusOnLast(others.length + 1 === MOST_STYLES);
  if (!style || ignored) return null;
  const mix = mixOf({ style, others });
  return (
    <section className="blend" aria-label="Blend" ref={panel}>
      {mix.length === 2 && <TwoStyles mix={mix} />}
      {mix.length > 2 && <ManyStyles mix={mix} />}
      {mix.length < MOST_STYLES && (
        <StyleDialog
          title="Add a style"
          taken={mix.map(({ style: one }) => styleValue(one))}
          trigger={
            <button type="button" className="button blend-add">
              <Plus /> {mix.length === 1 ? 'Blend in another style' : 'Another style'}
            </button>
          }
          onChoose={(value) => store.getState().blendIn(value)}
        />
      )}
    </section>
  );
}

/** The button that adds a style goes when there are as many as may be: the last one's slider gets its focus. */
function useFocusOnLast(full: boolean) {
  const panel = useRef<HTMLElement>(null);
  const wasFull = useRef(full);
  useEffect(() => {
    const filled = full && !wasFull.current;
    wasFull.current = full;
    if (!filled) return undefined;
    const timer = setTimeout(() => {
      // after the dialog's own try
      if (document.activeElement !== document.body) return;
      panel.current?.querySelector<HTMLElement>('.blend-row:last-of-type [role=slider]')?.focus();
    });
    return () => clearTimeout(timer);
  }, [full]);
  return panel;
}

/** Two styles at the ends of one slider. */
function TwoStyles({ mix }: { readonly mix: readonly StyleWeight[] }) {
  const store = useAppStore();
  const { weigh } = store.getState();
  const [, drag] = useDrag(
    (percent) => weigh(1, percent / 100, true),
    (percent) => weigh(1, percent / 100, false),
  );
  const [left, right] = mix;
  if (!left || !right) return null;
  const [leftPercent = 0, rightPercent = 0] = percents(mix.map(({ weight }) => weight));
  return (
    <>
      <div className="blend-ends">
        <End style={left} percent={leftPercent} />
        <End style={right} percent={rightPercent} />
      </div>
      <Slider.Root
        className="slider"
        value={[rightPercent]}
        min={0}
        max={100}
        step={1}
        {...drag}
        onDoubleClick={() => weigh(1, 0.5, false)}
      >
        <Slider.Track className="slider-track">
          <Slider.Range className="slider-range" />
        </Slider.Track>
        <Slider.Thumb
          className="slider-thumb"
          aria-label={`From ${styleName(left.style)} to ${styleName(right.style)}`}
          aria-valuetext={`${rightPercent} % ${styleName(right.style)}`}
        />
      </Slider.Root>
    </>
  );
}

function End({ style: { style }, percent }: { readonly style: StyleWeight; readonly percent: number }) {
  return (
    <p className="blend-end">
      <span className="blend-name" title={styleName(style)}>
        {styleName(style)}
      </span>
      <span className="note">{percent} %</span>
      <Remove style={style} />
    </p>
  );
}

/** A slider for each; the others make room. */
function ManyStyles({ mix }: { readonly mix: readonly StyleWeight[] }) {
  const store = useAppStore();
  const { weigh } = store.getState();
  const shares = percents(mix.map(({ weight }) => weight));
  return mix.map(({ style }, k) => (
    <div className="blend-row" key={style.picture}>
      <NumberSlider
        label={styleName(style)}
        unit="%"
        value={shares[k] ?? 0}
        least={0}
        most={100}
        step={1}
        reset={Math.round(100 / mix.length)}
        onDrag={(percent) => weigh(k, percent / 100, true)}
        onSettle={(percent) => weigh(k, percent / 100, false)}
      />
      <Remove style={style} />
    </div>
  ));
}

function Remove({ style }: { readonly style: StyleWeight['style'] }) {
  const store = useAppStore();
  const label = `Take ${styleName(style)} out of the blend`;
  return (
    <button
      type="button"
      className="blend-remove"
      aria-label={label}
      title={label}
      onClick={({ currentTarget }) => {
        const panel = currentTarget.closest('.blend');
        flushSync(() => store.getState().dropStyle(style.picture)); // this button is gone then, and its focus
        panel?.querySelector<HTMLElement>('.blend-add')?.focus();
      }}
    >
      <X />
    </button>
  );
}
