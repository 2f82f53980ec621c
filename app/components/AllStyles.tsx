import { LayoutGrid } from 'lucide-react';
import { StyleDialog } from './StyleDialog';
import { useStyleChoice } from './use-style-choice';

/** Every style at once, one click away from the strip. */
export function AllStyles() {
  const [chosen, choose] = useStyleChoice();
  return (
    <StyleDialog
      title="Styles"
      chosen={chosen}
      onChoose={choose}
      trigger={
        <button type="button" className="all-styles-button" title="All styles">
          <LayoutGrid />
          <span>
            All <span className="wide-text">styles</span>
          </span>
        </button>
      }
    />
  );
}
