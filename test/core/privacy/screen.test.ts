/** State secrets never enter (procedure.md section 9.1): what stops a message, and what must not. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { screen } from '../../../src/core/privacy/screen';

test.each([
  ['绝密', '此件为绝密，不得转发'],
  ['机密★', '机密★10年 关于某事的报告'],
  ['秘密★', '秘密★5年'],
  ['只写机密', '此件机密，请勿外传'],
  ['密级栏写机密', '密级：机密'],
  ['机密级', '机密级材料已送达'],
  ['机密文件', '收到机密文件一份'],
  ['秘密级', '属秘密级事项'],
  ['秘密件', '转来秘密件一份'],
  ['空心星', '秘密☆'],
  ['星号和年限', '文件右上角标着★20年'],
  ['字间空格', '绝 密'],
  ['字间全角空格', '机　密　★'],
  ['换行拆开', '绝\n密'],
  ['全角数字', '秘密★１０年'],
  ['夹在长句里', '湖滨区六十人聚集，附件是机密文件，请查收'],
  ['商业秘密旁边另有密件', '涉及商业秘密，另附绝密件一份'],
])('%s：拦下', (_title, text) => {
  expect(screen(text)).toEqual({ is: 'stopped', why: 'state_secret' });
});

test.each([
  ['零宽空格', '\u200b'],
  ['零宽不连字', '\u200c'],
  ['零宽连字', '\u200d'],
  ['从右到左标记', '\u200f'],
  ['词连接符', '\u2060'],
  ['不可见分隔符', '\u2063'],
  ['字节序标记', '\ufeff'],
  ['软连字符', '\u00ad'],
  ['双向控制符', '\u202e'],
  ['双向隔离符', '\u2066'],
  ['异体选择符', '\ufe0f'],
  ['蒙文元音分隔符', '\u180e'],
])('用%s拆开也拦下', (_title, sign) => {
  for (const text of [`绝${sign}密文件`, `机${sign}密${sign}★`, `秘密${sign}★5年`]) expect(screen(text).is).toBe('stopped');
});

test.each([
  ['商业秘密', '商家称退费方案属商业秘密'],
  ['保密', '请做好保密工作，注意信息保密'],
  ['保密局', '已通报市保密局'],
  ['秘密调查', '执法人员已对该店开展秘密调查'],
  ['秘密举报', '有人秘密举报该超市售假'],
  ['秘诀', '商家自称有秘制配方和致富秘诀'],
  ['机构与密切', '检验机构密切关注'],
  ['拒绝密集', '商家拒不退费，现场人员密集'],
  ['五星评价', '网店刷★★★★★好评，同款 20年老店'],
  ['普通报告', '今早8点半,湖滨区建设路丰和超市,六十多名消费者因预付卡退费聚集,已派湖滨分局到场'],
  ['空消息', ''],
])('%s：不拦', (_title, text) => {
  expect(screen(text)).toEqual({ is: 'clean' });
});

test('任何文字里夹进“绝密”都拦下，任何输入都不出错', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 60 }), (before, after) => {
      expect(['clean', 'stopped']).toContain(screen(before + after).is);
      expect(screen(`${before}。绝密。${after}`).is).toBe('stopped');
    }),
    { numRuns: 200, seed: 20260311 },
  );
});
