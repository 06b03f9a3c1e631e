/** Addresses of the pages; each page is loaded when it is first looked at. */
import { createRouter, createWebHistory } from 'vue-router';

export const router = createRouter({
  history: createWebHistory('/console/'),
  routes: [
    { path: '/', name: 'tonight', component: () => import('./pages/TonightPage.vue') },
    { path: '/incidents', name: 'incidents', component: () => import('./pages/IncidentsPage.vue') },
    {
      path: '/incidents/:n(\\d+)',
      name: 'incident',
      component: () => import('./pages/IncidentPage.vue'),
      props: (to) => ({ n: Number(to.params.n) }),
    },
    { path: '/duty', name: 'duty', component: () => import('./pages/DutyPage.vue') },
    { path: '/plans', name: 'plans', component: () => import('./pages/PlansPage.vue') },
    { path: '/figures', name: 'figures', component: () => import('./pages/FiguresPage.vue') },
    { path: '/audit', name: 'audit', component: () => import('./pages/AuditPage.vue') },
    { path: '/system', name: 'system', component: () => import('./pages/SystemPage.vue') },
    { path: '/first/:token', name: 'first', component: () => import('./pages/FirstPage.vue'), props: true, meta: { open: true } },
    { path: '/:rest(.*)', redirect: '/' },
  ],
});
