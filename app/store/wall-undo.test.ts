import { describe, expect, it } from 'vitest';
import { file, settled, withPictures } from './testing';
import { wall } from './wall-testing';

describe('undo', () => {
  it('goes back over panes and their settings, and a pane that was removed comes back', async () => {
    const { store, panes, pane, finish } = await wall();
    const { setPane, removePane, undo, redo, clearUndo } = store.getState();
    clearUndo();
    await finish();
    const norms = panes().map(({ settings }) => settings.norm);
    setPane(pane(1).id, { groupSize: 16 });
    removePane(pane(2).id);
    await finish();
    undo();
    expect(panes().map(({ settings }) => settings.norm)).toEqual(norms);
    expect(pane(2)).toMatchObject({ run: { status: 'painting' }, picture: null });
    expect(pane(3).run.status).toBe('finished'); // the others keep their pictures
    undo();
    expect(pane(1).settings.groupSize).toBe(64);
    expect(store.getState()).toMatchObject({ canUndo: false, comparing: true }); // opening it was no step
    redo();
    redo();
    expect(panes().map(({ settings }) => settings.groupSize)).toEqual([64, 16, 64, 64]);
  });

  it('sees a drag as one step', async () => {
    const { store, pane, finish } = await wall();
    await finish();
    store.getState().clearUndo();
    for (const strength of [0.9, 0.8, 0.7]) store.getState().dragPane(pane(0).id, { strength });
    store.getState().setPane(pane(0).id, { strength: 0.6 });
    store.getState().undo();
    expect(pane(0).settings.strength).toBe(1);
    expect(store.getState().canUndo).toBe(false);
  });

  it('takes no step for a change that changes nothing, nor for a drag that ends where it began', async () => {
    const { store, pane, finish } = await wall();
    await finish();
    const { setPane, dragPane, undo, clearUndo } = store.getState();
    clearUndo();
    setPane(pane(0).id, { strength: 0.5 });
    undo();
    setPane(pane(0).id, { strength: 1 });
    dragPane(pane(0).id, { strength: 0.7 });
    setPane(pane(0).id, { strength: 1 });
    expect(store.getState()).toMatchObject({ canUndo: false, canRedo: true });
  });

  it('goes to the view that shows the step', async () => {
    const { store, panes, pane, finish } = await wall();
    const { compare, undo, redo, set, removePane } = store.getState();
    compare(false);
    set({ strength: 0.4 });
    compare(true);
    removePane(pane(0).id);
    compare(false);
    await finish();
    undo();
    expect(store.getState().comparing).toBe(true);
    expect(panes()).toHaveLength(5);
    undo();
    expect(store.getState()).toMatchObject({ comparing: false, settings: { strength: 1 } });
    redo();
    redo();
    expect(store.getState()).toMatchObject({ comparing: true, settings: { strength: 0.4 } });
  });

  it('stays on the wall for a step that both views show, and for one from before there was a wall', async () => {
    const made = await withPictures();
    const { choose, compare, undo } = made.store.getState();
    choose('klimt');
    compare(true);
    undo();
    expect(made.store.getState().comparing).toBe(true);
    expect(made.store.getState().panes).toHaveLength(5);
  });

  it('of a photo that was replaced before there was a wall keeps the wall', async () => {
    const made = await withPictures();
    await made.store.getState().open('photo', file('other.jpg'));
    made.store.getState().compare(true);
    made.store.getState().undo();
    expect(made.store.getState()).toMatchObject({ comparing: true, photo: { name: 'photo.jpg' } });
    expect(made.store.getState().panes).toHaveLength(5);
    await settled();
  });
});
