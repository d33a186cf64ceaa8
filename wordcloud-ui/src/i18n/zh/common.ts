import type { common as en } from '../en/common.ts';
import type { Messages } from '../messages.ts';

export const common: Messages<typeof en> = {
  appName: '词云',
  skipToContent: '跳到正文',
  nav: { label: '主导航', create: '制作', clouds: '我的词云', system: '系统' },
  user: { menu: '{name} 的账户', signedInAs: '当前账户', signOut: '退出登录', signingOut: '正在退出' },
  language: { label: '语言', en: 'English', zh: '中文' },
  theme: { label: '外观', light: '浅色', dark: '深色', system: '跟随系统' },
  away: {
    title: '暂时连不上服务',
    text: '你仍处于登录状态，内容不会丢失。正在重新连接……',
    guest: '正在重新连接……',
    now: '立即重试',
    probing: '正在尝试……',
    offline: '设备已离线，网络恢复后会自动继续。',
    waiting: '服务一有回应，本页就会打开。',
    back: '服务已恢复',
  },
  notFound: { title: '这里什么都没有', text: '该页面不存在，或已被移除。', action: '制作词云' },
  pageFailed: { title: '页面加载失败', text: '页面可能刚刚更新过，请重新加载。' },
  newVersion: '重新加载',
  busy: '请稍候',
  loading: '加载中',
  retry: '重试',
  close: '关闭',
  dismiss: '知道了',
  clearSearch: '清除搜索',
  notifications: '消息',
  requestId: '请求编号 {id}',
  pager: { label: '分页', previous: '上一页', next: '下一页', position: '第 {page} 页，共 {pages} 页' },
};
