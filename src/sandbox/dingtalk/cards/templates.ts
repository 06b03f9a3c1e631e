/** Card templates (dossier 3.7): which variables a card draws. Made in the console; here one stands from the start. */

/**
 * The variables by what they are for. `title` and `text` (lines) are words, `status` takes the buttons' place when it is not empty.
 * `buttons` holds JSON `[{id, text, params?}]`, `inputs` JSON `[{name, label, multiple?, options: [{value, text}]}]`.
 */
export interface CardTemplate {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly status: string;
  readonly buttons: string;
  readonly inputs: string;
}

/** The template that the console holds at first. */
export function firstTemplate(id: string): CardTemplate {
  return { id, title: 'title', text: 'text', status: 'status', buttons: 'buttons', inputs: 'inputs' };
}

/** Templates by id; a reset leaves only the first. */
export class Templates {
  private readonly templates = new Map<string, CardTemplate>();

  constructor(private readonly firstId: string) {
    this.wipe();
  }

  put(template: CardTemplate): void {
    this.templates.set(template.id, template);
  }

  find(id: string): CardTemplate | undefined {
    return this.templates.get(id);
  }

  all(): readonly CardTemplate[] {
    return [...this.templates.values()];
  }

  wipe(): void {
    this.templates.clear();
    this.put(firstTemplate(this.firstId));
  }
}
