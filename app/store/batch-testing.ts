import { settled, withPictures } from './testing';

export const photos = (...names: string[]) => names.map((name) => new File([name], name));

/** A page whose own picture is finished, with a list of photos. */
export async function withList(...names: string[]) {
  const made = await withPictures();
  const get = made.store.getState;
  const answer = async (): Promise<void> => {
    made.calls.at(-1)?.answer(made.finished());
    await settled();
  };
  /** The page's own picture comes. */
  const calm = async (): Promise<void> => {
    while (get().run.status === 'running') await answer();
  };
  await calm();
  void get().addPhotos(photos(...names));
  const statuses = () => get().batch.photos.map(({ run }) => run.status);
  const start = async (): Promise<void> => {
    void get().runBatch();
    await settled();
  };
  return { ...made, get, answer, calm, statuses, start };
}
