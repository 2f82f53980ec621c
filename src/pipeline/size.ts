export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Largest picture that is worked on or made, px: its floats then fill 1.2 GB. */
export const PIXEL_LIMIT = 50e6;

/** Pictures longer than this, long side to short side, are worked on with as many pixels as one of this shape. */
const LONGEST = 3;

/**
 * A picture's size when its short side is `shortSide` px; never scaled up, and at least 1 px each way. Of one
 * longer than 3:1 the short side is smaller, so that a panorama takes no longer than a picture of 3:1.
 * @param shortSide 0 keeps the picture's own size
 */
export function sizeAt({ width, height }: Size, shortSide: number): Size {
  const most = Math.sqrt((LONGEST * shortSide ** 2) / (width * height));
  const scale = shortSide === 0 ? 1 : Math.min(1, shortSide / Math.min(width, height), most);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * How large a photo's picture is made when it is to be as large as the photo (enlarge.ts).
 * @param limit px
 */
export function largeSize({ width, height }: Size, limit = PIXEL_LIMIT): Size {
  const scale = Math.min(1, Math.sqrt(limit / (width * height)));
  return { width: Math.max(1, Math.floor(width * scale)), height: Math.max(1, Math.floor(height * scale)) };
}

/** That size, where it is larger than a picture made of the photo; else null. */
export function largerSize(photo: Size, picture: Size): Size | null {
  const size = largeSize(photo);
  return size.width > picture.width || size.height > picture.height ? size : null;
}
