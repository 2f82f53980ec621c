import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useReactCompareSlider } from 'react-compare-slider/hooks';
import { HandleRoot, Item, Provider, Root } from 'react-compare-slider/components';

/** The photo left of a line, the result right of it; the line moves by pointer and arrow keys. */
export function SplitView({ photo, result }: { readonly photo: ReactNode; readonly result: ReactNode }) {
  const slider = useReactCompareSlider({ onlyHandleDraggable: true, keyboardIncrement: '2%' });
  return (
    <Provider {...slider}>
      <Root className="split" style={{ touchAction: 'inherit', cursor: 'inherit' }}>
        <Item item="itemOne" className="pane" data-pane>
          {photo}
        </Item>
        <Item item="itemTwo" className="pane" data-pane>
          {result}
        </Item>
        <HandleRoot aria-label="Split between photo and result">
          <span className="split-line">
            <span className="split-grip">
              <ChevronLeft />
              <ChevronRight />
            </span>
          </span>
        </HandleRoot>
      </Root>
    </Provider>
  );
}
