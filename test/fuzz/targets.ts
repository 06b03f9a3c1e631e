/** Everything that is fuzzed; two at a time are run, so the long ones come first. */
import { api } from './api';
import { chat } from './chat';
import { dingtalkCallbacks, dingtalkFrames } from './dingtalkCallbacks';
import { files } from './files';
import { govdingCallbacks } from './govdingCallbacks';
import { packs } from './packs';
import { pages, sandbox } from './pages';
import { reports } from './reports';
import type { Target } from './target';
import { wecomCallbacks, wecomFrames } from './wecomCallbacks';

export const targets: readonly Target[] = [
  chat,
  reports,
  api,
  pages,
  sandbox,
  packs,
  files,
  dingtalkCallbacks,
  govdingCallbacks,
  wecomCallbacks,
  dingtalkFrames,
  wecomFrames,
];
