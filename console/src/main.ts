/** The pages begin here. */
import './styles/style.css';
import './styles/paper.css';
import './styles/phone.css';
import './styles/wall.css';
import { createApp } from 'vue';
import App from './App.vue';
import { router } from './router';

createApp(App).use(router).mount('#app');
