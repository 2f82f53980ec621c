interface Choice<T extends string> {
  readonly value: T;
  readonly name: string;
  readonly does: string; // one sentence
  readonly disabled?: boolean;
}

interface SegmentsProps<T extends string> {
  readonly title: string;
  readonly group: string; // of the radios
  readonly choices: readonly Choice<T>[];
  readonly value: T;
  onChange(value: T): void;
}

/** One row to choose from, and one sentence on the chosen one. */
export function Segments<T extends string>({ title, group, choices, value, onChange }: SegmentsProps<T>) {
  const titleId = `${group}-title`;
  return (
    <>
      <h2 id={titleId}>{title}</h2>
      <div className="segments" role="radiogroup" aria-labelledby={titleId}>
        {choices.map(({ value: own, name, does, disabled = false }) => (
          <label key={own} className="segment norm" title={does} data-disabled={disabled}>
            <input
              type="radio"
              name={group}
              className="radio"
              aria-label={name}
              aria-description={does}
              checked={value === own}
              disabled={disabled}
              onChange={() => onChange(own)}
            />
            {name}
          </label>
        ))}
      </div>
      {/* all of them in one place: the tallest keeps the panel still when another is chosen */}
      <div className="norm-notes" aria-hidden="true">
        {choices.map(({ value: own, does }) => (
          <p key={own} className="slider-note" data-shown={value === own}>
            {does}
          </p>
        ))}
      </div>
    </>
  );
}
