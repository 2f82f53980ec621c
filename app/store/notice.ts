import type { Failure } from '../../src/pipeline/failure';

/** Something to tell, until the next picture is opened or it is dismissed. */
export type Notice =
  | { readonly code: 'scaled'; readonly name: string; readonly megapixels: number }
  | { readonly code: 'missing'; readonly names: readonly string[] } // pictures that a set-up needs
  | { readonly code: 'left-out'; readonly styles: number; readonly regions: number } // of a link's sender
  | { readonly code: 'address' } // was dropped, and no picture
  | { readonly code: 'failed'; readonly failure: Failure };
