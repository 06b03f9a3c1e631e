/** The pages begin here. */
import 'element-plus/dist/index.css';
import './style.css';
import { createApp } from 'vue';
import App from './App.vue';
import { router } from './router';

createApp(App).use(router).mount('#app');
