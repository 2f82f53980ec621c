import { useCallback, useState } from 'react';
import type { Size } from '../../src/pipeline/size';

/** An element's size in CSS pixels, kept up to date. Give `ref` to the element. */
export function useSize(): readonly [ref: (element: HTMLElement | null) => void, size: Size] {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return;
    const observer = new ResizeObserver(() =>
      setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, size];
}
