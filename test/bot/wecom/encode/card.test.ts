import { describe, expect, test } from '@jest/globals';
import { createWecom } from '../../../../src/bot/wecom';
import { taskIdOf } from '../../../../src/bot/wecom/encode/card';
import type { WecomBinding } from '../../../../src/bot/wecom/settings';
import { full, open, quote } from '../../../../src/core/notices/message';
import type { Cleared } from '../../../../src/core/privacy/clear';
import { ACK, message, testDeps } from '../../wire/support';
import { binding } from '../support';

function split(channel: string, said: Cleared, changes: Partial<WecomBinding> = {}, ticket: Record<string, string> | null = null) {
  const found = createWecom(binding(changes), testDeps()).channels.find((one) => one.id === channel);
  const address = channel === 'wecom.robot' ? 'wrDuty' : 'duty1';
  return (found?.split(said, { address, ticket }) ?? []).map((part) => JSON.parse(part.body));
}

describe('a notice with buttons', () => {
  test('that is short is one card, with the short code in its title', () => {
    const [part, ...more] = split('wecom.robot', message({ heading: '请签收', buttons: [ACK] }, [open('10分钟内')]));
    expect(more).toEqual([]);
    expect(part).toEqual({
      card: 1,
      message: {
        msgtype: 'template_card',
        template_card: {
          card_type: 'button_interaction',
          main_title: { title: '#12 请签收' },
          sub_title_text: '10分钟内',
          button_list: [{ text: '收到', style: 1, key: 'ack:1' }],
        },
      },
      plain: [{ msgtype: 'markdown', markdown: { content: '**#12 请签收**\n10分钟内\n可回复：收到' } }],
    });
  });

  test('that has a page: the card leads there, words name its address', () => {
    const page = 'https://duty.example.gov.cn/console/m/12';
    const [part] = split('wecom.robot', message({ heading: '请签收', buttons: [ACK], page }, [open('10分钟内')]));
    expect(part.message.template_card).toMatchObject({ sub_title_text: '10分钟内', card_action: { type: 1, url: page } });
    expect(part.plain[0].markdown.content).toContain(`手机办理：${page}`);
  });

  test('that says more than a card shows comes as full text and then the card', () => {
    const long = '甲'.repeat(120);
    const parts = split('wecom.robot', message({ buttons: [ACK] }, [open(long)]));
    expect(parts.map((part) => part.message.msgtype)).toEqual(['markdown', 'template_card']);
    expect(parts[0].message.markdown.content).toBe(`**#12 突发事件接报**\n${long}`);
    expect([...parts[1].message.template_card.sub_title_text]).toHaveLength(112);
    expect(parts[1].message.template_card.sub_title_text.endsWith('…')).toBe(true);
  });

  test('with more than six buttons takes a second card', () => {
    const buttons = Array.from({ length: 8 }, (_, at) => ({ key: `k${at}`, text: `第${at}` }));
    const parts = split('wecom.robot', message({ buttons }));
    expect(parts.map((part) => part.message.template_card.button_list.length)).toEqual([6, 2]);
    expect(parts.map((part) => part.card)).toEqual([1, 2]);
  });

  test('names its answers in words where no button can be shown', () => {
    const capabilities = { 'aibot.cards': 'off', 'app.cards': 'off' } as const;
    const [robot] = split('wecom.robot', message({ buttons: [ACK] }), { capabilities });
    expect(robot.message.markdown.content).toBe('**#12 突发事件接报**\n可回复：收到');
    const [app] = split('wecom.app', message({ buttons: [ACK] }), { capabilities });
    expect(app.message.text.content).toBe('#12 突发事件接报\n可回复：收到');
  });

  test('shows our own names and values as rows in the app; a person’s words become no row', () => {
    const said = message({ buttons: [ACK] }, [full('地点：', quote('湖滨区')), full(quote('级别：Ⅳ')), open('请尽快')]);
    const card = split('wecom.app', said)[0].message.template_card;
    expect(card.horizontal_content_list).toEqual([{ keyname: '地点', value: '湖滨区' }]);
    expect(card.sub_title_text).toBe('级别：Ⅳ\n请尽快');
    expect(card.button_list).toEqual([{ type: 0, text: '收到', style: 1, key: 'ack:1' }]);
  });
});

describe('after a press', () => {
  const robotTicket = { kind: 'robot_event', reqId: 'E1', epoch: 'e', userid: 'zhangsan', taskId: 'T1', cardType: 'button_interaction' };

  test('the robot’s card is replaced by one without buttons; the words stand by in case it is too late', () => {
    const [part, ...more] = split('wecom.robot', message({ pressed: '已收到' }, [open('张三 10:32')]), {}, robotTicket);
    expect(more).toEqual([]);
    expect(part.update).toEqual({
      card_type: 'text_notice',
      main_title: { title: '#12 突发事件接报', desc: '已收到' },
      sub_title_text: '张三 10:32',
      card_action: { type: 1, url: 'https://duty.example.gov.cn' },
    });
    expect(part.message.msgtype).toBe('markdown');
  });

  test('what the replacing card cannot show follows in full', () => {
    const parts = split('wecom.robot', message({ pressed: '已收到' }, [open('甲'.repeat(120))]), {}, robotTicket);
    expect(parts.map((part) => Object.keys(part))).toEqual([['update'], ['message']]);
  });

  test('the app’s buttons become one grey label, and further words follow', () => {
    const ticket = { kind: 'app_card', responseCode: 'RC' };
    expect(split('wecom.app', message({ pressed: '已收到' }), {}, ticket)[0].update).toEqual({ button: { replace_name: '已收到' } });
    const parts = split('wecom.app', message({ pressed: '已收到' }, [open('请于10:30前到岗')]), {}, ticket);
    expect(parts.map((part) => Object.keys(part))).toEqual([['update'], ['message']]);
  });
});

test('a card’s id is made of allowed characters, fixed for a dispatch and different for each card', () => {
  expect(taskIdOf('01J-x', 1)).toBe('01J-x@1');
  expect(taskIdOf('a:b/1', 2)).toMatch(/^[0-9a-f]{64}@2$/);
  expect(taskIdOf('a:b/1', 1)).not.toBe(taskIdOf('a_b/1', 1));
});
