import { useEffect, type ReactNode } from 'react';
import { HandleRoot, Item, Provider, Root } from 'react-compare-slider/components';
import { useReactCompareSlider } from 'react-compare-slider/hooks';
import { useApp, useAppStore } from '../use-app';

/** Photo and result on the two sides of a line that is at the same place in every pane. */
export function LinkedSplit({ photo, result }: { readonly photo: ReactNode; readonly result: ReactNode }) {
  const store = useAppStore();
  const split = useApp((state) => state.split);
  const slider = useReactCompareSlider({
    defaultPosition: split,
    onlyHandleDraggable: true,
    keyboardIncrement: '2%',
    onPositionChange: (at) => at !== store.getState().split && store.getState().setSplit(at),
  });
  const { position, setPosition } = slider;
  useEffect(() => {
    if (position.current !== split) setPosition(split); // another pane's line was moved
  }, [split, position, setPosition]);
  return (
    <Provider {...slider}>
      <Root className="split" style={{ touchAction: 'inherit', cursor: 'inherit' }}>
        <Item item="itemOne" className="pane">
          {photo}
        </Item>
        <Item item="itemTwo" className="pane">
          {result}
        </Item>
        <HandleRoot aria-label="Split between photo and result, in all panes">
          <span className="split-line">
            <span className="split-grip" />
          </span>
        </HandleRoot>
      </Root>
    </Provider>
  );
}
