import type { Style } from '../../app/models/style';
import type { Networks } from '../../app/models/weights';
import { disposeStatistics } from '../norm';
import { distance, numbersOf, readBoth } from './change';
import type { WeightedStyle } from './compile';
import { partOf, type Control } from './control';
import { grainOf, showsDetail } from './detail';
import { keepResiduals, type EncodedPicture } from './encoded-picture';
import { finish, needsNetworks, stylesOf } from './finish';
import { editedStatistics } from './inspect';
import { createLibrary, type Source } from './library';
import { createLooks, disposeLayers, normsOf, strengthOf, tintOf, type Layer } from './looks';
import type { Numbers, Portrait } from './numbers';
import type { Pixels } from './pixels';
import { editedFeatures, render } from './render';
import type { PictureId, Request, Stage, StageTimes } from './request';
import { createStudy } from './study';

export type { Source } from './library';

export interface Styled {
  readonly pixels: Pixels;
  readonly times: StageTimes;
  readonly grain: number; // for `enlarge`: share of the photo's finest structure that is in the picture, 0..1
  /** How far the statistics of the features moved, in stds of the average photo; when it was asked for. */
  readonly change?: number;
}

/** The pipeline: encode, compile, apply, decode, with everything that can be kept between runs kept. */
export interface Engine {
  /** Names a picture. The source is asked again only for another size. */
  keep(source: Source): PictureId;
  /** Names a style that is known without its picture; the engine disposes it. */
  keepStyle(style: Style): PictureId;
  /** Statistics of a kept style, measured when they are not known; they stay the engine's. */
  styleOf(picture: PictureId, styleSize: number, control?: Control): Promise<Style>;
  /** Statistics of a picture that is not kept; the caller disposes them. */
  statisticsOf(source: Source, styleSize: number, control?: Control): Promise<Style>;
  forget(picture: PictureId): void;
  /**
   * A kept picture as it was opened.
   * @throws Stopped 'picture-forgotten'
   */
  sourceOf(picture: PictureId): Source;
  /**
   * Restyles one picture. Runs wait for each other; a cancelled one ends at the next layer.
   * @throws Stopped
   */
  stylise(request: Request, control?: Control): Promise<Styled>;
  /**
   * Numbers of a request's result (see measure.ts); it is made if it is not known.
   * @throws Stopped
   */
  measure(request: Request, control?: Control): Promise<Numbers>;
  /**
   * What the norm did to the channels (see inspect.ts).
   * @throws Stopped
   */
  inspect(request: Request, control?: Control): Promise<Portrait>;
  readonly networks: Networks;
  /** How often each network ran, for tests and benchmarks. */
  readonly runs: Readonly<Record<'encode' | 'decode', number>>;
  dispose(): void;
}

export interface EngineOptions {
  /** Longest side of a tile, px. */
  readonly tileSide?: number;
}

export function createEngine(networks: Networks, { tileSide }: EngineOptions = {}): Engine {
  const runs = { encode: 0, decode: 0 };
  const library = createLibrary(networks, () => runs.encode++, tileSide);
  const looks = createLooks(networks, library);
  let last: Promise<unknown> = Promise.resolve();

  /** What must be fetched first is waited for before the turn: others need not wait for it. */
  async function inTurnWith<T>(request: Request, work: () => Promise<T>): Promise<T> {
    if (normsOf(request).some(({ norm }) => norm.id === 'din')) await networks.din().catch(() => undefined);
    return inTurn(work); // which hears of what failed
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work);
    last = mine.catch(() => undefined); // its caller hears of it
    return mine;
  }

  async function run(request: Request, control: Control): Promise<Styled> {
    const times: Record<Stage, number> = { encoding: 0, normalising: 0, decoding: 0 };
    const timed = async <T>(stage: Stage, work: () => Promise<T>): Promise<T> => {
      const start = performance.now();
      const result = await work();
      times[stage] += performance.now() - start;
      return result;
    };
    const usesStyles = normsOf(request).some(({ norm }) => norm.id !== 'in');
    const photo = await timed('encoding', async () => {
      const addsDetail = showsDetail(request) && needsNetworks(request, library);
      const styles = usesStyles ? stylesOf(request).filter(({ picture }) => !library.isGiven(picture)) : [];
      const works = styles.length + (addsDetail ? 2 : 1);
      const photo = await library.photoOf(request.content, request.contentSize, partOf(control, 0, works));
      if (addsDetail) await keepResiduals(networks, photo, partOf(control, 1, works), () => runs.decode++);
      for (const [k, { picture }] of styles.entries()) {
        const part = partOf(control, works - styles.length + k, works);
        await library.styleFor(request, picture, part, tintOf(request));
      }
      return photo;
    });
    const layers = await timed('normalising', () => looks.layersOf(request, photo, control));
    try {
      const pixels = await timed('decoding', async () => {
        const rgb = needsNetworks(request, library)
          ? await render(networks, photo, layers, control, () => runs.decode++)
          : new Float32Array(photo.pixels.width * photo.pixels.height * 3);
        return finish(rgb, request, photo, layers, library);
      });
      const styled = { pixels, times, grain: grainOf(request, strengthOf(layers)) };
      return request.measure ? { ...styled, change: await changeOf(photo, layers) } : styled;
    } finally {
      disposeLayers(layers);
    }
  }

  /** How far the layers move the photo's statistics. */
  async function changeOf(photo: EncodedPicture, layers: readonly Layer[]): Promise<number> {
    const unit = await readBoth(networks.average);
    const before = await numbersOf(photo.statistics);
    const finished = layers.map(({ covers, ...layer }) => ({ ...layer, ...(covers && { shares: covers }) }));
    const edited = editedStatistics(photo, (tile) => editedFeatures(photo, tile, finished));
    try {
      return distance(before, await numbersOf(edited), unit);
    } finally {
      disposeStatistics(edited);
    }
  }

  const study = createStudy(networks, {
    photoOf: ({ content, contentSize }, control) => library.photoOf(content, contentSize, control),
    async stylesOf(request, control) {
      const weighted: WeightedStyle[] = [];
      for (const { picture, weight } of request.styles) {
        const style = await library.styleFor(request, picture, control, tintOf(request));
        weighted.push({ style, weight });
      }
      return weighted;
    },
    layersOf: (request, photo, control) => looks.layersOf(request, photo, control),
    stylise: run,
    tileSide,
  });

  return {
    runs,
    networks,
    keep: (source) => library.keep(source),
    keepStyle: (style) => library.keepStyle(style),
    styleOf: (picture, styleSize, control = {}) => inTurn(() => library.styleOf(picture, styleSize, control)),
    statisticsOf: (source, styleSize, control = {}) =>
      inTurn(() => library.measure(source, styleSize, control)),
    sourceOf: (picture) => library.sourceOf(picture),
    forget(picture) {
      void inTurn(async () => {
        // after the run that may be using it
        study.forget(picture);
        library.forget(picture);
      });
    },
    stylise: (request, control = {}) =>
      inTurnWith(request, async () => {
        const styled = await run(request, control);
        study.remember(request, styled);
        return styled;
      }),
    measure: (request, control = {}) => inTurnWith(request, () => study.measure(request, control)),
    inspect: (request, control = {}) => inTurnWith(request, () => study.inspect(request, control)),
    dispose() {
      looks.dispose();
      library.dispose();
    },
  };
}
