/**
 * The number that was typed into a field, with or without its unit: "50", "50%", "12,5 px".
 * @returns null when it is none
 */
export function typedNumber(text: string, unit: string): number | null {
  const typed = text.trim().toLowerCase();
  const ending = unit.toLowerCase();
  const digits = (typed.endsWith(ending) ? typed.slice(0, typed.length - ending.length) : typed).trim();
  const number = Number(digits.replace(',', '.'));
  return digits === '' || !Number.isFinite(number) ? null : number;
}
