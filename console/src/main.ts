/** The pages begin here. */
import './style.css';
import './styles/paper.css';
import './styles/phone.css';
import { createApp } from 'vue';
import App from './App.vue';
import { router } from './router';

createApp(App).use(router).mount('#app');
