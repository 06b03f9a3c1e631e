/** What the pages use of Element Plus, each with its own styles; nothing else of it is loaded. */
import 'element-plus/es/components/dialog/style/css';
import 'element-plus/es/components/input/style/css';
import 'element-plus/es/components/select/style/css';
import 'element-plus/es/components/tooltip/style/css';

export { ElConfigProvider, ElDialog, ElInput, ElOption, ElSelect, ElTooltip } from 'element-plus';
export { default as elementEn } from 'element-plus/es/locale/lang/en';
export { default as elementZh } from 'element-plus/es/locale/lang/zh-cn';
