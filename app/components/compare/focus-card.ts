/** Focus goes to the card itself: its first field would bring up a phone's keyboard, its first button is no aim. */
export function focusCard(event: Event): void {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
}
