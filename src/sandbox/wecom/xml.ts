/** The few XML texts the platform writes: elements whose values are CDATA, as in its published samples. */

/** `<name><![CDATA[value]]></name>`, safe for a value that contains the end mark. */
export function element(name: string, value: string): string {
  return `<${name}><![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`;
}

/** What a click on an app card tells (dossier 5.10). `createdAt` in seconds; `values` are option ids by question key. */
export interface CardEvent {
  readonly corpId: string;
  readonly userid: string;
  readonly createdAt: number;
  readonly agentId: number;
  readonly key: string;
  readonly taskId: string;
  readonly cardType: string;
  readonly responseCode: string;
  readonly values: Readonly<Record<string, readonly string[]>>;
}

/** The plain text of a template_card_event. */
export function cardEventXml(event: CardEvent): string {
  const items = Object.entries(event.values).map(([question, options]) => {
    const ids = options.map((option) => element('OptionId', option)).join('');
    return `<SelectedItem>${element('QuestionKey', question)}<OptionIds>${ids}</OptionIds></SelectedItem>`;
  });
  return [
    `<xml>${element('ToUserName', event.corpId)}${element('FromUserName', event.userid)}<CreateTime>${event.createdAt}</CreateTime>`,
    `${element('MsgType', 'event')}${element('Event', 'template_card_event')}${element('EventKey', event.key)}`,
    `${element('TaskId', event.taskId)}${element('CardType', event.cardType)}${element('ResponseCode', event.responseCode)}`,
    `<AgentID>${event.agentId}</AgentID>${items.length > 0 ? `<SelectedItems>${items.join('')}</SelectedItems>` : ''}</xml>`,
  ].join('\n');
}
