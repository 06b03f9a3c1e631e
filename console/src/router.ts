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
    { path: '/papers', name: 'papers', component: () => import('./pages/PapersPage.vue') },
    {
      path: '/incidents/:n(\\d+)/papers/:paper(\\d+)',
      name: 'paper',
      component: () => import('./pages/PaperPage.vue'),
      props: (to) => ({ n: Number(to.params.n), paper: Number(to.params.paper) }),
    },
    {
      path: '/m/:n(\\d+)',
      name: 'phone-incident',
      component: () => import('./pages/PhoneIncidentPage.vue'),
      props: (to) => ({ n: Number(to.params.n) }),
      meta: { phone: true },
    },
    {
      path: '/m/:n(\\d+)/papers/:paper(\\d+)',
      name: 'phone-paper',
      component: () => import('./pages/PhonePaperPage.vue'),
      props: (to) => ({ n: Number(to.params.n), paper: Number(to.params.paper) }),
      meta: { phone: true },
    },
    {
      path: '/duty/handover/:shift(\\d+)?',
      name: 'handover',
      component: () => import('./pages/HandoverPage.vue'),
      props: (to) => ({ shift: to.params.shift ? Number(to.params.shift) : null }),
    },
    {
      path: '/duty/log/:shift(\\d+)?',
      name: 'log',
      component: () => import('./pages/DutyLogPage.vue'),
      props: (to) => ({ shift: to.params.shift ? Number(to.params.shift) : null }),
    },
    { path: '/duty/import', name: 'import', component: () => import('./pages/RosterImportPage.vue') },
    { path: '/work', name: 'work', component: () => import('./pages/WorkPage.vue') },
    { path: '/plans', name: 'plans', component: () => import('./pages/PlansPage.vue') },
    { path: '/figures', name: 'figures', component: () => import('./pages/FiguresPage.vue') },
    { path: '/audit', name: 'audit', component: () => import('./pages/AuditPage.vue') },
    { path: '/system', name: 'system', component: () => import('./pages/SystemPage.vue') },
    { path: '/first/:token', name: 'first', component: () => import('./pages/FirstPage.vue'), props: true, meta: { open: true } },
    { path: '/:rest(.*)', redirect: '/' },
  ],
});
