import type { PictureId } from '../../src/pipeline/request';
import type { Size } from '../../src/pipeline/size';

/** A picture the worker knows, with what the page shows of it. */
export interface Picture {
  readonly id: PictureId;
  readonly name: string;
  readonly size: Size; // upright, px
  readonly preview: ImageBitmap; // smaller when the picture is large
  readonly blob: Blob; // as it was opened, to be remembered
  readonly print: string; // see recent.ts
  readonly sample?: boolean; // one of the page's own, always at hand
}

/** A painter's statistics that ship with the page. */
export interface PresetItem {
  readonly id: string;
  readonly artist: string;
  readonly title: string;
  readonly year?: number;
  readonly swatch: string; // path of a small picture
  readonly knownToCin: boolean; // CIN was trained on this painter
}

export type Slot = 'photo' | 'style';

/** A file, or what a sample's link gives. */
export interface PictureFile {
  readonly name: string;
  readonly sample?: boolean;
  blob(): Promise<Blob>;
}
