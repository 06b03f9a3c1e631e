/** Builds the pages into `dist/console`, served below `/console/` by the program itself; nothing is loaded from elsewhere. */
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/console/',
  plugins: [vue()],
  build: { outDir: '../dist/console', emptyOutDir: true, assetsInlineLimit: 0, target: 'es2022', chunkSizeWarningLimit: 900 },
  server: {
    proxy: { '/api': 'http://127.0.0.1:8080', '/console/session': 'http://127.0.0.1:8080', '/console/enter': 'http://127.0.0.1:8080' },
  },
});
