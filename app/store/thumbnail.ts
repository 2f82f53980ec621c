/** A small copy of a picture; the picture stays. @param side the longest of the copy, px */
export function thumbnailOf(image: ImageBitmap, side: number): Promise<ImageBitmap> {
  const { width, height } = image;
  const scale = Math.min(1, side / Math.max(width, height));
  return createImageBitmap(image, {
    resizeWidth: Math.max(1, Math.round(width * scale)),
    resizeHeight: Math.max(1, Math.round(height * scale)),
    resizeQuality: 'medium',
  });
}
