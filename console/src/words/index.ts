/** The language of the pages: Chinese first, kept for the next visit. */
import { computed, ref, watchEffect } from 'vue';
import { en } from './en';
import { type Words, zh } from './zh';

const KEPT_AS = 'fenghuo-language';
const language = ref(localStorage.getItem(KEPT_AS) === 'en' ? 'en' : 'zh');

export const words = computed<Words>(() => (language.value === 'en' ? en : zh));
export const isChinese = computed(() => language.value === 'zh');

export function switchLanguage(): void {
  language.value = language.value === 'en' ? 'zh' : 'en';
  localStorage.setItem(KEPT_AS, language.value);
}

/** What reads aloud, and what picks fonts, goes by it. */
watchEffect(() => {
  document.documentElement.lang = language.value === 'en' ? 'en' : 'zh-CN';
});
