import type { Notice } from '../store/notice';

/** What a notice that asks for nothing but attention says; the others have places of their own. */
export function noticeWords(notice: Notice): string | null {
  switch (notice.code) {
    case 'missing':
      return `This set-up also needs ${notice.names.map((name) => `“${name}”`).join(', ')}, which is not in this browser.`;
    case 'left-out':
      return leftOutWords(notice.styles, notice.regions);
    case 'address':
      return 'That is a link, not a picture. Copy the picture itself and paste it, or save it first.';
    case 'scaled':
    case 'failed':
      return null;
    default:
      return notice satisfies never;
  }
}

function leftOutWords(styles: number, regions: number): string {
  const own = styles === 1 ? 'own style' : `${styles} own styles`;
  const painted = regions === 1 ? 'painted region' : `${regions} painted regions`;
  const what = [...(styles > 0 ? [own] : []), ...(regions > 0 ? [painted] : [])];
  const are = styles + regions > 1 ? 'are' : 'is';
  const file = regions > 0 ? 'a record' : 'a style file';
  return `The sender’s ${what.join(' and ')} ${are} not in the link. Ask for ${file}.`;
}
