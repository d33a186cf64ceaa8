/** Which address shows which page. Each page is a chunk of its own, and all but the two for signing in want a session. */
import { createRouter, createWebHistory, type RouteLocationNormalized, type RouteRecordRaw } from 'vue-router';
import { useSession } from '@/api/session.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the title. */
    title: string;
    /** Anybody may see it. */
    isPublic?: boolean;
    /** For those who are signed out; who is signed in is led on. */
    isForGuests?: boolean;
  }
}

const routes: RouteRecordRaw[] = [
  { path: '/', component: () => import('@/views/create/CreateView.vue'), meta: { title: 'common.nav.create' } },
  { path: '/clouds', component: () => import('@/views/clouds/CloudsView.vue'), meta: { title: 'common.nav.clouds' } },
  { path: '/clouds/:id', component: () => import('@/views/create/CloudView.vue'), meta: { title: 'common.appName' } },
  { path: '/system', component: () => import('@/views/system/SystemView.vue'), meta: { title: 'common.nav.system' } },
  {
    path: '/sign-in',
    component: () => import('@/views/auth/SignInView.vue'),
    meta: { title: 'auth.signIn.short', isPublic: true, isForGuests: true },
  },
  {
    path: '/sign-up',
    component: () => import('@/views/auth/SignUpView.vue'),
    meta: { title: 'auth.signUp.short', isPublic: true, isForGuests: true },
  },
  {
    path: '/:rest(.*)*',
    component: () => import('@/views/NotFoundView.vue'),
    meta: { title: 'common.notFound.title', isPublic: true },
  },
];

/** Where to go after signing in: an address of this page, never another site. */
export function nextOf({ query }: Pick<RouteLocationNormalized, 'query'>): string {
  const next = query.next;
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-') ? next : '/';
}

/** The page for signing in, that leads back to where one is now. */
export function signInFrom({ fullPath, meta }: Pick<RouteLocationNormalized, 'fullPath' | 'meta'>) {
  const isHome = fullPath === '/' || meta.isForGuests;
  return { path: '/sign-in', query: isHome ? {} : { next: fullPath } };
}

export function createAppRouter() {
  const router = createRouter({
    history: createWebHistory(),
    routes,
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? {} : { top: 0 }),
  });
  router.beforeEach(async (to) => {
    const session = useSession();
    if (session.status === 'unknown') await session.restore();
    if (session.status === 'out' && !to.meta.isPublic) return signInFrom(to);
    if (session.status === 'in' && to.meta.isForGuests) return nextOf(to);
    // While the server cannot be asked, the address stays: the shell says so and the page opens when it is back.
    return true;
  });
  return router;
}
