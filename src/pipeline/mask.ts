import type { Pixels } from './pixels';

/**
 * Where the mask is black, the photo: `m * styled + (1 - m) * photo`, m the mask's brightness times its alpha.
 * @param styled [H * W * 3], sRGB in 0..1, written over
 * @param mask   as large as the photo
 */
export function composite(styled: Float32Array, photo: Pixels, { data: mask }: Pixels): void {
  for (let i = 0, o = 0; i < mask.length; i += 4, o += 3) {
    const brightness = ((mask[i] ?? 0) + (mask[i + 1] ?? 0) + (mask[i + 2] ?? 0)) / (3 * 255);
    const share = (brightness * (mask[i + 3] ?? 0)) / 255;
    for (let c = 0; c < 3; c++) {
      styled[o + c] = share * (styled[o + c] ?? 0) + (1 - share) * ((photo.data[i + c] ?? 0) / 255);
    }
  }
}
