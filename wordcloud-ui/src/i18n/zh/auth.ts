import type { auth as en } from '../en/auth.ts';
import type { Messages } from '../messages.ts';

export const auth: Messages<typeof en> = {
  pitch: '把任何文字变成一幅词语的图画。',
  pitchMore: '演讲、歌词、一章小说、聊天记录，任何语言都可以：放进来，选个样子，把图片带走。',
  signIn: {
    title: '欢迎',
    short: '登录',
    submit: '登录',
    busy: '正在登录',
    other: '第一次来？',
    otherLink: '注册账户',
  },
  signUp: {
    title: '注册账户',
    short: '注册',
    submit: '注册',
    busy: '正在注册',
    other: '已有账户？',
    otherLink: '登录',
  },
  demo: '用演示账户看看',
  demoHint: '演示账户由所有人共用，请勿存放私人内容。',
  username: '用户名',
  usernameHint: '3 至 32 个文字、字母或数字；中间可用 . _ -',
  usernameMissing: '请输入用户名。',
  usernameRule: '用户名须为 3 至 32 个文字、字母或数字；句点、_ 和 - 不能在开头。',
  usernameTaken: '该用户名已被使用，请换一个。',
  password: '密码',
  passwordHint: '至少 {min} 个字符；用一句短话更好记',
  passwordMissing: '请输入密码。',
  passwordRule: '密码须为 {min} 至 {max} 个字符。',
  showPassword: '显示密码',
  hidePassword: '隐藏密码',
  signedOutElsewhere: '你已在另一个标签页退出登录。',
  sessionEnded: '登录已过期，请重新登录后继续。',
  artWords:
    '文字、光、河流、故事、纸、墨、声音、色彩、花园、书信、清晨、篇章、歌、灵感、夏天、记忆、疑问、诗行、旅程、夜',
};
