/** What stands in the bundle for whoever opens it without knowing us. */

/** In Chinese, as plain text. */
export const GUIDE = `烽火证据包说明

本包由烽火系统从记录中导出，可脱离系统离线核验。

manifest.json        清单：包内每个文件的字节数和 SHA-256，以及记录链的链头
chain/events.jsonl   全部事件记录，一行一条，每条的 hash 含前一条的 hash
chain/texts.jsonl    事件引用的原话；commitment 为 SHA-256(salt+原文)；state 为 whole 完整、masked 已遮盖号码、erased 已依法销毁
chain/papers.jsonl   文稿各稿；已报送的附全文（facts），frozenHash 为其散列，与事件中所记一致
messages.jsonl       收到的消息
rules/               处置所依据的预案和时限表原文
lists/               点名册、送达情况、时限，xlsx 供人看，jsonl 供程序读
papers/              公文

核验：fenghuo verify --bundle 本文件.zip
每条事件的 hash = SHA-256(前一条hash、流号、版本、时间毫秒数、办理人、起因种类、起因编号、正文，以换行连接；没有办理人的写空)。
清单本身的 SHA-256 在导出时给出，另行保存，用以证明本包未被整体替换。

本包不含国家秘密。含工作信息和个人信息，请按规定保管，不得外传。
`;
