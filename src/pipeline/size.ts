export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * A picture's size when its short side is `shortSide` px; never scaled up, and at least 1 px each way.
 * @param shortSide 0 keeps the picture's own size
 */
export function sizeAt({ width, height }: Size, shortSide: number): Size {
  const scale = shortSide === 0 ? 1 : Math.min(1, shortSide / Math.min(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
