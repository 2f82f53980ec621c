/** The sizes and themes that every state is looked at in. A phone has a coarse pointer. */
export const LOOKS = (['light', 'dark'] as const).flatMap((theme) => [
  { theme, size: 'desktop', use: { colorScheme: theme, viewport: { width: 1440, height: 900 } } },
  {
    theme,
    size: 'phone',
    use: { colorScheme: theme, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  },
]);

/** Each theme at one size, and each size in one theme: axe takes seconds a state. */
export const LOOKS_FOR_AXE = LOOKS.filter(({ theme, size }) => (theme === 'light') === (size === 'desktop'));
