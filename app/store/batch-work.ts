import type { Stylist } from '../../src/pipeline/client';
import { grainOf } from '../../src/pipeline/detail';
import { progressIn } from '../../src/pipeline/request';
import { largeSize } from '../../src/pipeline/size';
import type { BatchWish } from './batch';
import { thumbnailOf } from './thumbnail';

/** Longest side of a thumbnail, px. */
const SIDE = 240;

/** How far a photo is when it is restyled and is still to be enlarged; about the share of the time. */
const STYLED = 0.5;

/**
 * One photo of a list, restyled and as a file.
 * @param tell how far it is, 0..1
 */
export async function restyled(
  stylist: Stylist,
  file: File,
  { request, type, large }: BatchWish,
  tell: (done: number) => void,
  signal: AbortSignal,
) {
  const kept = await stylist.keep(file, file.name);
  if (!kept.ok) return kept;
  kept.preview.close();
  const photo = kept.picture;
  try {
    const full = largeSize(kept.size);
    const share = large ? STYLED : 1;
    const styled = await stylist.stylise(
      { ...request, content: photo },
      (stage, done) => tell(share * progressIn(stage, done)),
      signal,
    );
    if (!styled.ok) return styled;
    const { image } = styled;
    const thumbnail = await thumbnailOf(image, SIDE);
    const enlarges = large && (full.width > image.width || full.height > image.height);
    const onProgress = (_stage: unknown, done: number): void => tell(STYLED + (1 - STYLED) * done);
    const grain = grainOf(request);
    const saved = await stylist.save(
      image,
      type,
      enlarges ? { photo, grain, onProgress, signal } : undefined,
    );
    if (saved.ok) return { ok: true, blob: saved.blob, thumbnail } as const;
    thumbnail.close();
    return saved;
  } finally {
    stylist.forget(photo);
  }
}

/** What a photo of a list looks like. */
export async function previewOf(file: File): Promise<ImageBitmap> {
  const whole = await createImageBitmap(file);
  const preview = await thumbnailOf(whole, SIDE);
  whole.close();
  return preview;
}
