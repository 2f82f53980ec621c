import type { Pixels } from './pixels';

/** How much of each pixel a mask covers: its brightness times its alpha, 0..1. New, [H * W]. */
export function coverage({ data }: Pixels): Float32Array {
  const shares = new Float32Array(data.length / 4);
  for (let i = 0, p = 0; i < data.length; i += 4, p++) {
    const brightness = ((data[i] ?? 0) + (data[i + 1] ?? 0) + (data[i + 2] ?? 0)) / (3 * 255);
    shares[p] = (brightness * (data[i + 3] ?? 0)) / 255;
  }
  return shares;
}

/**
 * Where a share is 0, the photo, exactly: `m * styled + (1 - m) * photo`.
 * @param styled [H * W * 3], sRGB in 0..1, written over
 * @param shares m, [H * W]
 */
export function composite(styled: Float32Array, photo: Pixels, shares: Float32Array): void {
  for (let p = 0; p < shares.length; p++) {
    const share = shares[p] ?? 0;
    for (let c = 0; c < 3; c++) {
      const original = (photo.data[4 * p + c] ?? 0) / 255;
      styled[3 * p + c] = share === 0 ? original : share * (styled[3 * p + c] ?? 0) + (1 - share) * original;
    }
  }
}
