import { announcement } from './announcement';
import { useApp } from './use-app';

/** Says to screen readers what others see change. */
export function Announcer() {
  const words = useApp(announcement);
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {words}
    </div>
  );
}
