/** Words of exposure, retention and revealing. */
import type { PrivacyEvent, Revealed } from '../../../incident/events/privacy';
import { EXPOSURES, roomsOf } from '../../../roster/roster';
import { full, type Line, open } from '../../message';
import { clockText, person, quoted, said, type View } from '../view';
import type { Acts } from './words';

export const PRIVACY_ACTS: Acts<PrivacyEvent['type']> = {
  ExposureWidened: (view) => ({
    heading: '公开范围：摘要',
    lines: [open('设为摘要的群从现在起可看到级别、县区、事由和人数'), ...notWidened(view)],
  }),
  RetentionAssessed: (view, { decision, until, reason }) => ({
    heading: decision === 'hold' ? '个人信息批准留存' : '个人信息决定销毁',
    lines: [...(until === null ? [] : [open(`留存至：${clockText(until)}，到期销毁`)]), ...quoted(view, '理由', reason)],
  }),
  DataPurged: (_, { texts, messages, payloads }) => ({
    heading: '个人信息已销毁',
    lines: [open(`原话 ${texts} 条、收到的消息 ${messages} 条、发出的内容 ${payloads} 条已销毁；事件记录和校验链完整`)],
  }),
  WordsRevealed: (view, { what, reason }) => ({
    heading: '明文（已记录查看人和理由，请勿转发）',
    lines: [...quoted(view, '理由', reason), revealed(view, what)],
  }),
};

function revealed(view: View, what: Revealed): Line {
  switch (what.is) {
    case 'report':
      return full('报告原文：“', said(view, view.state.text), '”');
    case 'phone':
      return phoneLine(view, what.person);
    case 'bundle':
      return open('原话随证据包导出，不在聊天中显示；请从系统接口下载');
  }
}

function phoneLine(view: View, one: string): Line {
  return full(person(view, one), `　电话 ${view.roster.people.get(one)?.phone ?? '未登记'}`);
}

/** Where the office has no room that may see summaries, widening changes nothing: that is said. */
function notWidened({ roster }: View): readonly Line[] {
  const rooms = [...roomsOf(roster, 'duty'), ...roomsOf(roster, 'command'), ...roomsOf(roster, 'county')];
  const some = rooms.some(({ exposure }) => EXPOSURES.indexOf(exposure) >= EXPOSURES.indexOf('summary'));
  return some ? [] : [open('本单位各群都设为只发提示，放宽不起作用；如需放宽，请先修改群的公开范围设置')];
}
