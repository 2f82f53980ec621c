import type { Size } from '../../src/pipeline/size';
import { cornerOf, scaleOf } from '../store/geometry';
import { Picture } from './Picture';
import { useApp } from './use-app';

interface PicturePaneProps {
  readonly image: ImageBitmap;
  readonly name: string;
  readonly frame: Size; // the picture's size at 100 %
  readonly pane: Size; // CSS px
}

/** A picture at the zoom and place that all panes share. */
export function PicturePane({ image, name, frame, pane }: PicturePaneProps) {
  const zoom = useApp((state) => state.zoom);
  const centre = useApp((state) => state.centre);
  const scale = scaleOf(zoom, frame, pane);
  const corner = cornerOf(centre, scale, frame, pane);
  return (
    <Picture
      image={image}
      name={name}
      className="picture"
      style={{
        width: Math.max(1, frame.width * scale), // one that is 1 px wide is still seen
        height: Math.max(1, frame.height * scale),
        transform: `translate(${corner.x}px, ${corner.y}px)`,
        imageRendering: scale >= 4 ? 'pixelated' : 'auto',
      }}
    />
  );
}
