/** The pages begin here. */
import './style.css';
import './paper.css';
import { createApp } from 'vue';
import App from './App.vue';
import { router } from './router';

createApp(App).use(router).mount('#app');
