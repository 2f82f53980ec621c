import type { Stylist } from '../../src/pipeline/client';
import { progressIn, type PictureId, type StyleShare } from '../../src/pipeline/request';
import { largerSize } from '../../src/pipeline/size';
import type { BatchWish } from './batch';
import type { Style, StyleWeight } from './style';
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
    const styled = await stylist.stylise(
      { ...request, content: photo },
      (stage, done) => tell((large ? STYLED : 1) * progressIn(stage, done)),
      signal,
    );
    if (!styled.ok) return styled;
    const { image, grain } = styled;
    const thumbnail = await thumbnailOf(image, SIDE).catch((error: unknown) => {
      image.close();
      throw error;
    });
    const enlarges = large && largerSize(kept.size, image) !== null;
    const onProgress = (_stage: unknown, done: number): void => tell(STYLED + (1 - STYLED) * done);
    const wish = { photo, grain, onProgress, signal };
    const saved = await stylist.save(image, type, enlarges ? wish : undefined);
    if (saved.ok) return { ok: true, blob: saved.blob, thumbnail } as const;
    thumbnail.close();
    return saved;
  } finally {
    stylist.forget(photo);
  }
}

/**
 * A wish whose styles nobody can take away: the page lets go of its own when others are opened.
 * @returns also how to let go of them
 */
export async function withOwnStyles(
  stylist: Stylist,
  wish: BatchWish,
  styles: readonly StyleWeight[],
): Promise<{ readonly wish: BatchWish; release(): void }> {
  const held: PictureId[] = [];
  const shares: StyleShare[] = [];
  for (const { style, weight } of styles) {
    const picture = await ownName(stylist, style);
    if (picture !== style.picture) held.push(picture);
    shares.push({ picture, weight });
  }
  return {
    wish: { ...wish, request: { ...wish.request, styles: shares } },
    release: () => held.forEach((picture) => stylist.forget(picture)),
  };
}

async function ownName(stylist: Stylist, style: Style): Promise<PictureId> {
  if (style.kind === 'data') return stylist.keepStyle(style.data);
  if (style.kind === 'preset') return style.picture; // these stay
  const kept = await stylist.keep(style.own.blob, style.own.name);
  if (!kept.ok) return style.picture;
  kept.preview.close();
  return kept.picture;
}

/** What a photo of a list looks like. */
export async function previewOf(file: File): Promise<ImageBitmap> {
  const whole = await createImageBitmap(file);
  return thumbnailOf(whole, SIDE).finally(() => whole.close());
}
