import { useCallback, useState } from 'react';
import type { ChannelPortrait, Portrait } from '../../../src/pipeline/numbers';
import type { Norm } from '../../../src/pipeline/request';
import { lessonOf } from './lessons';
import { againstStyle, correlations } from './plots';

interface PortraitsProps {
  readonly portrait: Portrait;
  readonly norm: Norm;
  readonly title: string;
}

const AFTERS = [
  { after: 'edited', label: 'After the norm', says: 'the features that the decoder is given' },
  { after: 'result', label: 'In the picture', says: 'the finished picture, encoded again' },
] as const;

const PLOT = 300; // px
const SQUARE = 200;

/** Means, spreads and correlations of the channels before and after, one sentence each. */
export function Portraits({ portrait, norm, title }: PortraitsProps) {
  const [after, setAfter] = useState<'edited' | 'result'>('edited');
  const { photo, style, [after]: changed } = portrait;
  const lesson = lessonOf(norm);
  const what = AFTERS.find((one) => one.after === after)?.says;
  return (
    <div className="portraits">
      <div className="portrait-choices">
        <div className="segments" role="radiogroup" aria-label="After">
          {AFTERS.map((one) => (
            <label key={one.after} className="segment norm">
              <input
                type="radio"
                className="radio"
                name="portrait-after"
                aria-label={one.label}
                checked={one.after === after}
                onChange={() => setAfter(one.after)}
              />
              {one.label}
            </label>
          ))}
        </div>
        <p className="note">
          {title}. 64 channels at a quarter of the picture’s size; after: {what}.
        </p>
      </div>
      <p className="legend">
        <span className="legend-before">photo</span>
        <span className="legend-after">after</span>
        <span className="legend-line">the style’s</span>
      </p>
      <div className="portrait-pair">
        <Scatter
          name="Mean of each channel"
          label="mean"
          of="mean"
          says={lesson.means}
          {...{ photo, style, changed }}
        />
        <Scatter
          name="Spread of each channel"
          label="standard deviation"
          of="std"
          says={lesson.spreads}
          {...{ photo, style, changed }}
        />
      </div>
      <figure className="portrait">
        <h3>Which channels go together</h3>
        <p>{lesson.together}</p>
        <div className="squares">
          {(
            [
              ['Photo', photo],
              ['After', changed],
              ['Style', style],
            ] as const
          ).map(([name, channels]) => (
            <div key={name}>
              <Drawn
                name={`Correlations of the channels: ${name.toLowerCase()}`}
                draw={() => correlations(channels, SQUARE)}
                data={channels}
              />
              <p className="square-name">{name}</p>
            </div>
          ))}
        </div>
        <figcaption>
          Red: they rise together; blue: one falls where the other rises. Mean distance from the style’s:{' '}
          {apart(photo.correlation, style.correlation)} before,{' '}
          <strong>{apart(changed.correlation, style.correlation)}</strong> after.
        </figcaption>
      </figure>
    </div>
  );
}

interface ScatterProps {
  readonly name: string;
  readonly label: string;
  readonly of: 'mean' | 'std';
  readonly says: string;
  readonly photo: ChannelPortrait;
  readonly style: ChannelPortrait;
  readonly changed: ChannelPortrait;
}

function Scatter({ name, label, of, says, photo, style, changed }: ScatterProps) {
  const [before, after] = [apart(photo[of], style[of]), apart(changed[of], style[of])];
  return (
    <figure className="portrait">
      <h3>{name}</h3>
      <p>{says}</p>
      <Drawn
        name={`${name} against the style’s: mean distance ${before} before, ${after} after`}
        draw={() => againstStyle(photo[of], changed[of], style[of], { width: PLOT, label })}
        data={changed[of]}
      />
      <figcaption>
        Mean distance from the style’s: {before} before, <strong>{after}</strong> after.
      </figcaption>
    </figure>
  );
}

interface DrawnProps {
  readonly name: string;
  readonly data: object; // drawn anew when this is another
  draw(): Element;
}

/** What the charting library drew. */
function Drawn({ name, data, draw }: DrawnProps) {
  const show = useCallback(
    (element: HTMLDivElement | null) => {
      const drawing = draw();
      drawing.setAttribute('aria-hidden', 'true'); // its name stands around it
      element?.replaceChildren(drawing);
    },
    [data], // `draw` reads nothing else that changes
  );
  return <div role="img" aria-label={name} ref={show} className="drawn" />;
}

/** Mean absolute difference, as it is read. */
function apart(a: Float32Array, b: Float32Array): string {
  const total = a.reduce((sum, value, c) => sum + Math.abs(value - (b[c] ?? 0)), 0);
  return (total / a.length).toFixed(3);
}
