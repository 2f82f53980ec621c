import { Slider } from 'radix-ui';
import { useId, useState, type ReactNode } from 'react';
import { typedNumber } from './typed-number';
import { useDrag } from './use-drag';

interface NumberSliderProps {
  readonly label: string;
  readonly unit: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly step: number;
  readonly reset: number; // double-click on the track
  readonly typedMost?: number; // typing may go further than the track
  readonly values?: readonly number[]; // what the stops stand for, when not themselves
  readonly note?: ReactNode;
  readonly disabled?: boolean;
  onDrag?(value: number): void;
  onSettle(value: number): void;
}

/** A slider with its value typed beside it. Arrow keys move it; a double click resets it. */
export function NumberSlider(props: NumberSliderProps) {
  const {
    label,
    unit,
    value,
    least,
    most,
    step,
    reset,
    typedMost = most,
    values,
    note,
    disabled = false,
  } = props;
  const id = useId();
  const [dragged, drag] = useDrag((next) => props.onDrag?.(next), props.onSettle);
  const [typed, setTyped] = useState<string | null>(null);
  const shown = dragged ?? value;
  const meaning = values?.[shown] ?? shown;

  function settle(text: string): void {
    setTyped(null);
    const number = typedNumber(text, unit);
    if (number === null) return;
    const stop = values ? nearest(values, number) : Math.round(number);
    const inside = Math.min(typedMost, Math.max(least, stop));
    if (inside !== value) props.onSettle(inside);
  }

  function move(by: number): void {
    setTyped(null);
    props.onSettle(Math.min(typedMost, Math.max(least, value + by)));
  }

  return (
    <div className="number-slider">
      <label htmlFor={id}>{label}</label>
      <span className="typed">
        <input
          id={id}
          type="text"
          inputMode="numeric"
          autoComplete="off"
          value={typed ?? String(meaning)}
          disabled={disabled}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          onFocus={({ currentTarget }) => currentTarget.select()}
          onBlur={({ currentTarget }) => typed !== null && settle(currentTarget.value)}
          onKeyDown={({ key, currentTarget }) => {
            if (key === 'Enter') settle(currentTarget.value);
            if (key === 'Escape') setTyped(null);
            if (key === 'ArrowUp') move(step);
            if (key === 'ArrowDown') move(-step);
          }}
        />
        <span aria-hidden="true">{unit}</span>
      </span>
      <Slider.Root
        className="slider"
        value={[Math.min(most, shown)]}
        min={least}
        max={most}
        step={step}
        disabled={disabled}
        {...drag}
        onDoubleClick={() => props.onSettle(reset)}
      >
        <Slider.Track className="slider-track">
          <Slider.Range className="slider-range" />
        </Slider.Track>
        <Slider.Thumb className="slider-thumb" aria-label={label} aria-valuetext={`${meaning} ${unit}`} />
      </Slider.Root>
      {note !== undefined && <p className="slider-note">{note}</p>}
    </div>
  );
}

function nearest(values: readonly number[], wanted: number): number {
  const distances = values.map((value) => Math.abs(value - wanted));
  return distances.indexOf(Math.min(...distances));
}
