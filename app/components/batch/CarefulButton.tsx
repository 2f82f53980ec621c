import { useState, type ReactNode } from 'react';

interface CarefulButtonProps {
  readonly className: string;
  readonly disabled?: boolean;
  readonly sure: string | false; // what it says when it asks again; false where nothing can be lost
  readonly children: ReactNode;
  onClick(): void;
}

/** Asks again where pictures would be lost, until the focus leaves it. */
export function CarefulButton({ className, disabled, sure, children, onClick }: CarefulButtonProps) {
  const [asked, setAsked] = useState(false);
  const asks = asked && sure;
  return (
    <button
      type="button"
      className={className}
      disabled={disabled}
      onBlur={() => setAsked(false)}
      onClick={() => {
        if (sure && !asks) return setAsked(true);
        setAsked(false);
        onClick();
      }}
    >
      {asks || children}
    </button>
  );
}
