/** Everything that is fuzzed, quickest first. */
import { api } from './api';
import { chat } from './chat';
import { dingtalkCallbacks, dingtalkFrames } from './dingtalkCallbacks';
import { packs } from './packs';
import { reports } from './reports';
import type { Target } from './target';
import { wecomCallbacks } from './wecomCallbacks';

export const targets: readonly Target[] = [wecomCallbacks, dingtalkCallbacks, dingtalkFrames, reports, chat, packs, api];
