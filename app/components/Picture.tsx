import { useEffect, useRef, type CSSProperties } from 'react';

interface PictureProps {
  readonly image: ImageBitmap;
  readonly name: string; // empty: the words beside it say what it is
  readonly side?: number; // longest side to draw at, px; its own when left out
  readonly className?: string;
  readonly style?: CSSProperties;
}

/** A bitmap on the page. The bitmap stays its owner's. */
export function Picture({ image, name, side, className, style }: PictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!canvas.current || image.width === 0) return; // closed meanwhile: a newer one is on its way
    const scale = Math.min(1, (side ?? Infinity) / Math.max(image.width, image.height));
    const [width, height] = [Math.ceil(image.width * scale), Math.ceil(image.height * scale)];
    canvas.current.width = width;
    canvas.current.height = height;
    canvas.current.getContext('2d')?.drawImage(image, 0, 0, width, height);
  }, [image, side]);
  const role = name === '' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name };
  return <canvas ref={canvas} {...role} className={className} style={style} />;
}
