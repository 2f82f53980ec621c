import { Maximize, Minus, Plus } from 'lucide-react';
import { useApp, useAppStore } from './use-app';

interface ZoomControlsProps {
  readonly scale: number;
  zoomIn(): void;
  zoomOut(): void;
  full(): void;
}

export function ZoomControls({ scale, zoomIn, zoomOut, full }: ZoomControlsProps) {
  const store = useAppStore();
  const fits = useApp((state) => state.zoom === 'fit');
  return (
    <div className="zoom" role="group" aria-label="Zoom">
      <button type="button" className="icon-button zoom-step" aria-label="Zoom out" onClick={zoomOut}>
        <Minus />
      </button>
      <button
        type="button"
        className="zoom-value"
        aria-label={`Zoom ${Math.round(scale * 100)} %: show full size`}
        onClick={full}
      >
        {Math.round(scale * 100)} %
      </button>
      <button type="button" className="icon-button zoom-step" aria-label="Zoom in" onClick={zoomIn}>
        <Plus />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Fit the picture"
        aria-pressed={fits}
        onClick={() => store.getState().setZoom('fit')}
      >
        <Maximize />
      </button>
    </div>
  );
}
